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
    if (name.value.trim() === '') {
      const message =
        'An empty name of a package: apt-get finds none such, and then installs nothing of the list.';
      sink.at(name, 'warning', 'cloud-config-type', message);
      continue;
    }
    if (!/[\s,]/.test(name.value.trim())) continue;
    const message = `“${name.value}” is taken for the name of one package, and then none of the list is installed. Write each as an item of its own.`;
    sink.at(name, 'warning', 'cloud-config-type', message, item === name ? asItems(name) : undefined);
  }
}

/** Where the names stand plainly in a line of their own, or in one pair of quotes. */
function asItems(node: ScalarNode): TextFix[] | undefined {
  const { source, span } = node;
  const line = source.text.slice(source.text.lastIndexOf('\n', span.start - 1) + 1, span.start);
  const written = source.text.slice(span.start, span.end);
  const [, quote = '', text] = /^(["']?)([^"'\\]*)\1$/.exec(written) ?? [];
  if (text !== node.value) return undefined;
  const names = text.split(/[\s,]+/).filter((name) => name !== '');
  const items = names.map((name) => `${quote}${name}${quote}`);
  if (/^ *- +$/.test(line)) return [replacementFix(node, items.join(`\n${line}`), 'Make an item of each')];
  return /[[,]\s*$/.test(line) ? [replacementFix(node, items.join(', '), 'Make an item of each')] : undefined;
}
