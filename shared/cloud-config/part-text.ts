import { createSourceText, positionAt, type SourceText } from '../source/source-text.ts';

/**
 * The text of a part as a source of its own whose lines and columns are those of the document that it stands in: what
 * comes before is empty lines, and the indentation of a block is left as it stands.
 */
export function partSource(source: SourceText, start: number, end: number): SourceText {
  const { line, column } = positionAt(source, start);
  const before = '\n'.repeat(line - 1) + ' '.repeat(column - 1);
  return createSourceText(source.file, before + source.text.slice(start, end));
}
