import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { SourceText } from '../source/source-text.ts';

/** YAML 1.2 section 5.1 forbids these; U+FFFD is what is left of bytes that are not UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFD\uFFFE\uFFFF]/;

/** Reports the first character that a YAML text may not hold. */
export function checkEncoding(source: SourceText, sink: DiagnosticSink): void {
  const at = source.text.search(forbidden);
  if (at < 0) return;
  const code = source.text.charCodeAt(at);
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const message =
    code === 0xfffd
      ? 'The text is not UTF-8 here. Save the file as UTF-8.'
      : `The invisible character ${name} may not stand in YAML. Remove it, or write it as an escape in double quotes.`;
  sink.at({ source, span: { start: at, end: at + 1 } }, 'error', 'document-encoding', message);
}
