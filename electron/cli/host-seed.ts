import { SiteforgeError } from '#shared/errors.ts';
import type { AnalysedSite } from '../core/site/analyse-site.ts';
import { type HostStamp, hostStamp } from '../core/stamp/host-stamp.ts';
import type { Output } from './arguments.ts';
import { printDiagnostics, reported } from './print-diagnostics.ts';

/** Renders a host; when it has errors they are printed before `documents-invalid` is thrown. */
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
