import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { childOfPlain, isEmpty, isList, isMap, type PlainValue } from './edit/plain-value.ts';
import type { ValueChange } from './edit-value.ts';
import { parseYaml } from './parse-yaml.ts';
import { toPlain } from './source-node.ts';
import { createSourceText } from './source-text.ts';

/**
 * Whether a change puts a list where the text has a mapping with content, or the other way round. A form that cannot
 * read `routes: {to: default, via: 192.0.2.1}` shows no route: the first one that is added there must not replace it.
 */
export function overwritesOtherShape(text: string, changes: readonly ValueChange[]): boolean {
  const sets = changes.filter((change) => change.type === 'set');
  if (!sets.some(({ value }) => isList(value) || isMap(value))) return false;
  const root = parseYaml(createSourceText('', text), new DiagnosticSink());
  const before = root && (toPlain(root) as PlainValue);
  return sets.some(({ path, value }) => {
    const written = path.reduce(childOfPlain, before);
    if (written === undefined || isEmpty(written)) return false;
    return (isList(written) && isMap(value)) || (isMap(written) && isList(value));
  });
}
