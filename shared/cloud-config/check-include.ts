import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { SourceText } from '../source/source-text.ts';

/** `_do_include` of cloudinit/user_data.py: one URL a line, also behind the header; a path is one of a file. */
export function checkInclude(source: SourceText, sink: DiagnosticSink): void {
  let count = 0;
  for (const match of source.text.matchAll(/[^\r\n]+/g)) {
    const line = match[0].replace(/^\uFEFF?\s*#include(-once)?/i, (header) => ' '.repeat(header.length));
    const written = line.trim();
    if (written === '' || written.startsWith('#')) continue;
    count++;
    if (/^(https?|ftp|file):\/\/\S+$/i.test(written) || /^\/\S*$/.test(written)) continue;
    const start = match.index + line.indexOf(written);
    const message = `“${written.slice(0, 60)}” is no URL. Each line names one, for example https://server/user-data.`;
    const span = { start, end: start + written.length };
    sink.at({ source, span }, 'warning', 'cloud-config-part', message);
  }
  if (count > 0) return;
  const span = { start: 0, end: Math.max(0, source.text.search(/[\r\n]|$/)) };
  sink.at({ source, span }, 'warning', 'cloud-config-part', 'There is no URL to include.');
}
