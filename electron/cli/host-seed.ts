import { SiteforgeError } from '#shared/errors.ts';
import { findPlaces } from '../core/places.ts';
import { KeyStore } from '../core/secrets/key-store.ts';
import { SiteSecrets } from '../core/secrets/site-secrets.ts';
import type { AnalysedSite } from '../core/site/analyse-site.ts';
import type { SiteSnapshot } from '../core/site/read-site.ts';
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
    if (thrown instanceof SiteforgeError && thrown.code === 'documents-invalid') {
      const errors = site.diagnostics.filter(({ severity }) => severity === 'error');
      printDiagnostics(
        output,
        errors.map((one) => reported(one, folder)),
      );
    }
    throw thrown;
  }
}
