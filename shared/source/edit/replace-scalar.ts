import { childOf, type SourceNode } from '../source-node.ts';
import { isJsonText } from './place.ts';
import { isScalar, type Path, type PlainValue } from './plain-value.ts';
import type { TextReplacement } from './replacement.ts';
import { isText, type Quotes, scalarOnLine } from './value-text.ts';

/**
 * Writes a scalar over another on one line: most edits are this one, and the library's tokens take ten times as long as
 * all else. Undefined for everything that is more than that.
 */
export function replaceScalar(
  text: string,
  root: SourceNode | undefined,
  path: Path,
  value: PlainValue,
): TextReplacement[] | undefined {
  if (root === undefined || !isScalar(value) || isText(value)) return undefined;
  let node: SourceNode | undefined = root;
  let isFlow = isInBrackets(text, root);
  for (const segment of path) {
    node = node?.type === 'sequence' ? node.items[Number(segment)] : childOf(node, String(segment));
    if (node !== undefined && node.type !== 'scalar') isFlow ||= isInBrackets(text, node);
  }
  if (node?.type !== 'scalar') return undefined;
  const { start, end } = node.span;
  const written = text.slice(start, end);
  // What is empty, shared, tagged, a block or longer than a line is left to the tokens.
  if (written === '' || /^[&*!|>]|[\r\n]/.test(written)) return undefined;
  const quotes: Quotes = written[0] === '"' ? 'double' : written[0] === "'" ? 'single' : 'none';
  const style = {
    quotes: typeof node.value === 'string' ? quotes : 'none',
    isJson: isJsonText(text),
  } as const;
  return [{ start, end, newText: scalarOnLine(value, style, isFlow) }];
}

function isInBrackets(text: string, { span }: SourceNode): boolean {
  return text[span.start] === '{' || text[span.start] === '[';
}
