import { SiteforgeError } from '#shared/errors.ts';
import { findPlaces } from '../core/places.ts';
import { KeyStore } from '../core/secrets/key-store.ts';
import { SiteSecrets } from '../core/secrets/site-secrets.ts';
import type { AnalysedSite } from '../core/site/analyse-site.ts';
import { type SiteSnapshot, unreadHosts } from '../core/site/read-site.ts';
import { type HostStamp, hostStamp } from '../core/stamp/host-stamp.ts';
import type { Output } from './arguments.ts';
import { printDiagnostics, reported } from './print-diagnostics.ts';

/** The secrets of a site as a command reads them: it knows the names in the key store, but cannot open it. */
export function secretsOf(snapshot: SiteSnapshot): SiteSecrets {
  return new SiteSecrets(snapshot, new KeyStore(findPlaces().data));
}

/** Renders a host, with masks for secrets; when it has errors they are printed before `documents-invalid` is thrown. */
export function seedOf(site: AnalysedSite, name: string, folder: string, output: Output): HostStamp {
  try {
    return hostStamp(site, name);
  } catch (thrown) {
    if (thrown instanceof SiteforgeError && thrown.code === 'documents-invalid')
      printErrors(site, folder, output);
    throw thrown;
  }
}

/** The names of all hosts. Prints why and throws `documents-invalid` when one of them is not known: it would be missed. */
export function allHosts(site: AnalysedSite, folder: string, output: Output): string[] {
  const [unread] = unreadHosts(site.snapshot);
  if (unread === undefined) return site.analysis.hosts.map(({ name }) => name);
  printErrors(site, folder, output);
  const message = `Not every host could be read, so nothing was rendered.`;
  throw new SiteforgeError('documents-invalid', { where: unread, message });
}

function printErrors({ diagnostics }: AnalysedSite, folder: string, output: Output): void {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  printDiagnostics(
    output,
    errors.map((one) => reported(one, folder)),
  );
}
