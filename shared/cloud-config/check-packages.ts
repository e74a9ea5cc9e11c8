import type { DiagnosticSink, TextFix } from '../diagnostics/diagnostic.ts';
import { replacementFix } from '../diagnostics/suggest.ts';
import { childOf, type MapNode, type ScalarNode } from '../source/source-node.ts';
import { itemsUnder } from './user-entries.ts';

/**
 * Warns of names that no package has: apt-get gets each as one word and then installs none of all that are listed
 * (Distro.expand_package_list and package_command of cloud-init 22.4).
 */
export function checkPackages(
  root: MapNode,
  sink: DiagnosticSink,
  isOpen: (node: ScalarNode) => boolean,
): void {
  for (const item of itemsUnder(childOf(root, 'packages'))) {
    const name = item.type === 'sequence' ? item.items[0] : item;
    if (name?.type !== 'scalar' || typeof name.value !== 'string' || isOpen(name)) continue;
    if (!/[\s,]/.test(name.value.trim())) continue;
    const message = `“${name.value}” is taken for the name of one package, and then none of the list is installed. Write each as an item of its own.`;
    sink.at(name, 'warning', 'cloud-config-type', message, item === name ? asItems(name) : undefined);
  }
}

/** Only where the names stand plainly in a line of their own. */
function asItems(node: ScalarNode): TextFix[] | undefined {
  const { source, span } = node;
  const line = source.text.slice(source.text.lastIndexOf('\n', span.start - 1) + 1, span.start);
  if (!/^ *- +$/.test(line) || source.text.slice(span.start, span.end) !== node.value) return undefined;
  const names = node.value.split(/[\s,]+/).filter((name) => name !== '');
  return [replacementFix(node, names.join(`\n${line}`), 'Make an item of each')];
}
