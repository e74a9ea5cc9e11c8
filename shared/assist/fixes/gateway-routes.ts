import { editValues, replacementsAsEdits, type ValueChange } from '../../source/edit-value.ts';
import { entryOf, type MapEntry, type PathSegment } from '../../source/source-node.ts';
import { nodesAt } from './find-node.ts';
import type { Finding, Fix } from './fix.ts';

const keys = ['gateway4', 'gateway6'] as const;

/**
 * Writes the gateways of a link as default routes: in the place of the first one, or behind the routes that it has. Both
 * at once, since a link has only one list of routes.
 */
export function gatewayRouteFixes({ document, span }: Finding): Fix[] {
  const { text } = document.source;
  return nodesAt(document.root, span).flatMap(({ isKey, parent: link, path }): Fix[] => {
    if (!isKey || link?.type !== 'map') return [];
    const entries = keys.flatMap((key) => entryOf(link, key) ?? []);
    const gateways = entries.map(({ value }) => (value.type === 'scalar' ? String(value.value) : ''));
    const routes = entryOf(link, 'routes');
    if (gateways.includes('') || (routes !== undefined && routes.value.type !== 'sequence')) return [];
    const count = routes?.value.type === 'sequence' ? routes.value.items.length : undefined;
    const names = link.entries.map(({ key }) => String(key.value));
    const changes = changesOf(path.slice(0, -1), entries, gateways, count, names);
    const result = editValues(text, changes);
    if (!result.ok) return [];
    const isBlock = text[link.span.start] !== '{';
    const moved = isBlock ? entries : [];
    const replacements = result.replacements.map((each) => ({
      ...each,
      newText: moved.reduce((written, entry) => withComment(written, entry), each.newText),
    }));
    const title = `Write ${entries.map(({ key }) => String(key.value)).join(' and ')} as ${entries.length === 1 ? 'a default route' : 'default routes'}`;
    const edits = replacementsAsEdits(text, replacements);
    return [{ title, isPreferred: true, documents: [{ path: document.path, edits }] }];
  });
}

function changesOf(
  link: readonly PathSegment[],
  entries: readonly MapEntry[],
  gateways: readonly string[],
  count: number | undefined,
  names: readonly string[],
): ValueChange[] {
  const added = gateways.map((via) => ({ to: 'default', via }));
  const at = (key: PathSegment) => [...link, key];
  const removed = entries.map(({ key }): ValueChange => ({ type: 'remove', path: at(String(key.value)) }));
  if (count !== undefined) {
    const inserted = added.map(
      (value, index): ValueChange => ({ type: 'insert', path: [...at('routes'), count + index], value }),
    );
    return [...inserted, ...removed];
  }
  const order = names.flatMap((name) => (name === String(entries[0]?.key.value) ? [name, 'routes'] : [name]));
  return [{ type: 'set', path: at('routes'), value: added, order }, ...removed];
}

/** The comment behind a gateway that is written elsewhere goes with it. */
function withComment(written: string, { value }: MapEntry): string {
  const { source, span } = value;
  const comment = /^[ \t]+#[^\r\n]*/.exec(source.text.slice(span.end))?.[0];
  if (comment === undefined || value.type !== 'scalar') return written;
  const line = written
    .split('\n')
    .findIndex((each) => each.trimEnd().endsWith(`via: ${String(value.value)}`));
  if (line < 0) return written;
  return written
    .split('\n')
    .map((each, index) => (index === line ? each.replace(/(\r?)$/, `${comment}$1`) : each))
    .join('\n');
}
