import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { SourceText, Span } from '../source/source-text.ts';

/** What keeps a script from being started at all; its content is a shell's or another language's. */
export function checkScript(source: SourceText, sink: DiagnosticSink): void {
  const span = firstWords(source);
  const line = source.text.slice(span.start, span.end);
  const interpreter = /^#!\s*(\S*)/.exec(line)?.[1];
  if (interpreter !== undefined && !interpreter.startsWith('/')) {
    const message =
      'After #! stands the absolute path of a program, for example #!/bin/sh; else the kernel refuses the script.';
    sink.at({ source, span }, 'warning', 'cloud-config-part', message);
  }
  if (source.text[span.end] === '\r') {
    const message =
      'The lines end with CR and LF, as on Windows: the kernel then looks for a program whose name ends with CR. Save it with LF.';
    sink.at({ source, span }, 'warning', 'cloud-config-part', message);
  }
}

/** cloudinit/handlers/__init__.py calls both functions; without them the handler is dropped with a line in the log. */
export function checkPartHandler(source: SourceText, sink: DiagnosticSink): void {
  for (const name of ['list_types', 'handle_part']) {
    if (new RegExp(`^(async )?def ${name}\\s*\\(|^${name}\\s*=`, 'm').test(source.text)) continue;
    const message = `A part handler defines the function ${name}(); cloud-init drops one without it.`;
    sink.at({ source, span: firstWords(source) }, 'warning', 'cloud-config-part', message);
  }
}

function firstWords({ text }: SourceText): Span {
  const start = Math.max(0, text.search(/[^\s\uFEFF]/));
  const length = text.slice(start).search(/[\r\n]|$/);
  return { start, end: start + Math.max(0, length) };
}
