import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { rangeOf, type SourceText } from '../source/source-text.ts';

/** YAML 1.2 section 5.1 forbids these; U+FFFD is what is left of bytes that are not UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFD\uFFFE\uFFFF]/;

/** Ends of lines in YAML 1.1 (section 4.2), which PyYAML and libyaml read; since YAML 1.2 they are letters like others. */
const lineEndsOfYaml11 = /[\u0085\u2028\u2029]/;

/** Reports the first character that a YAML text may not hold, and the first that readers take for different things. */
export function checkEncoding(source: SourceText, sink: DiagnosticSink): void {
  reportForbidden(source, sink);
  const at = source.text.search(lineEndsOfYaml11);
  if (at < 0) return;
  const span = { start: at, end: at + 1 };
  const message = `The invisible character ${nameOf(source.text.charCodeAt(at))} ends a line for cloud-init and netplan, but is a letter like others here and to editors. Write a line end.`;
  const fix = {
    title: 'End the line here',
    file: source.file,
    range: rangeOf(source, span),
    newText: '\n',
  };
  sink.at({ source, span }, 'warning', 'document-encoding', message, [fix]);
}

function nameOf(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

function reportForbidden(source: SourceText, sink: DiagnosticSink): void {
  const at = source.text.search(forbidden);
  if (at < 0) return;
  const code = source.text.charCodeAt(at);
  const message =
    code === 0xfffd
      ? 'The text is not UTF-8 here. Save the file as UTF-8.'
      : `The invisible character ${nameOf(code)} may not stand in YAML. Remove it, or write it as an escape in double quotes.`;
  sink.at({ source, span: { start: at, end: at + 1 } }, 'error', 'document-encoding', message);
}
