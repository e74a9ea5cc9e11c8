import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { CheckedHost } from './check-host.ts';
import type { SiteContent } from './site-content.ts';

/** Reports names of secrets that secrets/ does not hold. Nothing without that folder: a clone has none. */
export function checkSecrets(
  hosts: readonly CheckedHost[],
  { secrets }: SiteContent,
  sink: DiagnosticSink,
): void {
  if (secrets === undefined) return;
  // A secret may have an ending: `bmc-rack-1` names secrets/bmc-rack-1 and secrets/bmc-rack-1.yaml alike.
  const names = new Set(secrets.flatMap((file) => [file, file.replace(/(.)\.[^.]+$/, '$1')]));
  for (const { reading } of hosts) {
    const place = reading.bmcCredentials;
    if (place === undefined || names.has(String(place.value))) continue;
    const name = String(place.value);
    const { hint, fixes } = didYouMean(place, name, names);
    const message = `There is no secret “${name}”: the file secrets/${name} does not exist.${hint}`;
    sink.at(place, 'warning', 'reference-unknown', message, fixes);
  }
}
