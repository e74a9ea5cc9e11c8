import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { masksIn } from '../secrets/mask.ts';
import { withoutEnding } from '../secrets/stored-name.ts';
import { rangeOf } from '../source/source-text.ts';
import type { CheckedHost } from './check-host.ts';
import type { SiteDocument } from './document.ts';
import type { SiteContent } from './site-content.ts';

/**
 * Reports secrets without a value on this machine. Where no secret is known at all, as in a fresh clone, names of BMC
 * credentials are left alone and references in seeds are only pointed out: a stamp will need them.
 */
export function checkSecrets(
  hosts: readonly CheckedHost[],
  documents: readonly SiteDocument[],
  { secrets }: SiteContent,
  sink: DiagnosticSink,
): void {
  const names = new Set(secrets?.flatMap((file) => [file, withoutEnding(file)]));
  for (const { references } of documents) {
    for (const { namespace, name, place } of references) {
      if (namespace !== 'secret' || names.has(name)) continue;
      const { hint, fixes } = didYouMean({ ...place, value: name }, name, names);
      const mended = fixes?.map((fix) => ({ ...fix, newText: `((secret.${fix.newText}))` }));
      const message = `The secret “${name}” has no value on this machine, so nothing that needs it can be stamped. Set it under Secrets, or write it to secrets/${name}.${hint}`;
      sink.at(place, secrets === undefined ? 'info' : 'warning', 'secret-unknown', message, mended);
    }
  }
  for (const document of documents) reportMasks(document, sink);
  if (secrets === undefined) return;
  for (const { reading } of hosts) {
    const place = reading.bmcCredentials;
    if (place === undefined || names.has(String(place.value))) continue;
    const name = String(place.value);
    const { hint, fixes } = didYouMean(place, name, names);
    const message = `There is no secret “${name}”: the file secrets/${name} does not exist.${hint}`;
    sink.at(place, 'warning', 'reference-unknown', message, fixes);
  }
}

/** A stamp would fill them like references, but no list of secrets, rename or check knows of them. */
function reportMasks({ source }: SiteDocument, sink: DiagnosticSink): void {
  for (const { name, ...span } of masksIn(source.text)) {
    const line = source.text.slice(source.text.lastIndexOf('\n', span.start) + 1, span.start);
    if (/(^|\s)#/.test(line)) continue;
    const newText = `((secret.${name}))`;
    const message = `This stands for the secret “${name}” in a preview. A document names it as ${newText}.`;
    const fix = { title: `Write ${newText}`, file: source.file, range: rangeOf(source, span), newText };
    sink.at({ source, span }, 'error', 'value-invalid', message, [fix]);
  }
}
