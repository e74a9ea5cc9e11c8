import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { childOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { textItems, textUnder } from './host-document.ts';
import { debianBases, knownElements, operatingSystems } from './known-elements.ts';

/**
 * Reports elements that neither the builder nor the site has, and bases that are none. `root` is an image document,
 * `ofSite` the names of the folders in the site's elements/.
 */
export function checkElements(
  root: SourceNode | undefined,
  ofSite: readonly string[],
  sink: DiagnosticSink,
): void {
  const spec = childOf(root, 'spec');
  checkBase(textUnder(spec, 'base'), ofSite, sink);
  const seen = new Set<string>();
  for (const place of textItems(childOf(spec, 'elements'))) {
    checkElement(place, ofSite, sink);
    const name = String(place.value);
    if (seen.has(name))
      sink.at(place, 'warning', 'name-duplicate', `The element “${name}” stands here twice.`);
    seen.add(name);
  }
}

function checkBase(place: ScalarNode | undefined, ofSite: readonly string[], sink: DiagnosticSink): void {
  if (place === undefined) return;
  const name = String(place.value);
  if (ofSite.includes(name) || (debianBases as readonly string[]).includes(name)) return;
  const offered = [...debianBases, ...ofSite];
  const { hint, fixes } = didYouMean(place, name, offered);
  const what = knownElements.includes(name)
    ? `“${name}” cannot be the base of an image: the builder makes Debian systems.`
    : `There is no base element “${name}”.`;
  const instead = hint === '' ? ` Write ${listed(debianBases)}, or the name of a folder in elements/.` : hint;
  sink.at(place, 'error', 'reference-unknown', `${what}${instead}`, fixes);
}

function checkElement(place: ScalarNode, ofSite: readonly string[], sink: DiagnosticSink): void {
  const name = String(place.value);
  if (ofSite.includes(name)) return;
  if (operatingSystems.includes(name)) {
    const message = `“${name}” is an operating system of its own; an image has only the one of “base”. Remove it here.`;
    sink.at(place, 'error', 'value-invalid', message);
  } else if (!knownElements.includes(name)) {
    const { hint, fixes } = didYouMean(place, name, [...ofSite, ...knownElements]);
    const message = `There is no element “${name}”: the builder has none of this name, and the folder elements/${name} does not exist.${hint}`;
    sink.at(place, 'error', 'reference-unknown', message, fixes);
  }
}

function listed(names: readonly string[]): string {
  return names.map((name) => `“${name}”`).join(' or ');
}
