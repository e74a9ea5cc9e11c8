import { readdirSync, readFileSync } from 'node:fs';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { createSiteAnalyser } from './analyser.ts';

const example = new URL('../../assets/examples/edge-berlin/', import.meta.url);
const paths = readdirSync(example, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.yaml'),
);
export const exampleSite = new Map(paths.map((path) => [path, readFileSync(new URL(path, example), 'utf8')]));

/** A text, or what becomes of the one in the example; undefined removes the document. */
export type Changes = Readonly<Record<string, string | undefined | ((text: string) => string)>>;

export function analyse(changes: Changes = {}, files: ReadonlyMap<string, string> = exampleSite) {
  const analyser = createSiteAnalyser();
  for (const [path, text] of files) analyser.update(path, text);
  for (const [path, change] of Object.entries(changes)) {
    analyser.update(path, typeof change === 'function' ? change(files.get(path) ?? '') : change);
  }
  return analyser.analyse();
}

/** `file:line code severity`, and the text that the range covers. */
export function found(changes: Changes): string[] {
  const analysis = analyse(changes);
  return analysis.diagnostics.map((diagnostic) => {
    const source = analysis.documents.find(({ path }) => path === diagnostic.file)?.source.text ?? '';
    return `${diagnostic.file}:${diagnostic.range.start.line} ${diagnostic.severity} ${diagnostic.code} ${covered(source, diagnostic)}`;
  });
}

function covered(text: string, { range: { start, end } }: Diagnostic): string {
  const line = text.split('\n')[start.line - 1] ?? '';
  return line.slice(start.column - 1, start.line === end.line ? end.column - 1 : undefined);
}

export const replace = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);
