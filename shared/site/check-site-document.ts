import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { childOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { textItems } from './host-document.ts';

/** What the schema of site.yaml allows, but nobody means. */
export function checkSiteDocument(root: SourceNode, sink: DiagnosticSink): void {
  const spec = childOf(root, 'spec');
  const keys = textItems(childOf(spec, 'adminKeys'));
  const lists: readonly (readonly [string, readonly ScalarNode[]])[] = [
    ['name server', textItems(childOf(childOf(spec, 'dns'), 'servers'))],
    ['search domain', textItems(childOf(childOf(spec, 'dns'), 'search'))],
    ['time server', textItems(childOf(childOf(spec, 'ntp'), 'servers'))],
    ['component', textItems(childOf(spec, 'components'))],
    ['key', keys],
  ];
  for (const [what, items] of lists) reportTwice(what, items, sink);
  const user = childOf(spec, 'adminUser');
  const locked = childOf(user, 'lockPassword');
  if (user === undefined || keys.length > 0 || (locked?.type === 'scalar' && locked.value === false)) return;
  const message =
    'The administrator has neither a password nor keys: nobody can log in with this account. Add adminKeys.';
  sink.at(user, 'warning', 'key-missing', message);
}

function reportTwice(what: string, items: readonly ScalarNode[], sink: DiagnosticSink): void {
  const seen = new Set<string>();
  for (const item of items) {
    // The comment behind an SSH key does not make it another one.
    const text = what === 'key' ? String(item.value).split(/\s+/).slice(0, 2).join(' ') : String(item.value);
    if (seen.has(text)) sink.at(item, 'warning', 'name-duplicate', `This ${what} stands here twice.`);
    seen.add(text);
  }
}
