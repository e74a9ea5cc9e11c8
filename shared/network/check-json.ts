import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { rangeOf, type SourceText, type Span } from '../source/source-text.ts';

interface Fault {
  readonly span: Span;
  readonly what: string;
  readonly fix?: { readonly title: string; readonly newText: string };
  /** The text is read as something else than it means, so that no host gets what was meant. */
  readonly isMisread?: true;
}

/**
 * Says where a network_data document is no JSON, which OpenStack's readers want (`load_json` of cloudinit/util.py is
 * json.loads). A warning alone: the text itself reaches no host of a site, it is read here as YAML and written anew as
 * version 2. A file that is called YAML may be YAML, and has comments when it was imported; values of hosts are filled in
 * here alone, so that a text with references is no JSON on purpose.
 */
export function reportNotJson(source: SourceText, sink: DiagnosticSink): void {
  const { text, file } = source;
  if (/\.ya?ml$/i.test(file) || text.includes('((') || isJson(text)) return;
  const end = text.search(/[\r\n]/);
  const { span, what, fix, isMisread } = faultOf(text) ?? {
    span: { start: 0, end: end < 0 ? text.length : end },
    what: 'This is no JSON',
  };
  const fixes = fix === undefined ? undefined : [{ ...fix, file, range: rangeOf(source, span) }];
  if (isMisread === true) {
    const message = `${what}, and this one is read as a part of what stands beside it. Remove it.`;
    sink.at({ source, span }, 'error', 'yaml-syntax', message, fixes);
    return;
  }
  const message = `${what}: OpenStack and cloud-init read network_data as JSON and would refuse the file. Hosts of a site get it converted; to hand it on, write it with “export network-data”.`;
  sink.at({ source, span }, 'warning', 'value-type', message, fixes);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const tokens = /"(?:[^"\\\r\n]|\\.)*"|-?(?:NaN|Infinity|\d[\d.eE+-]*)|[A-Za-z_$][\w$-]*|,|[^\s]/g;

/** Spaces between a comma and the bracket that are looked through: the texts may be of megabytes. */
const farthestBracket = 1000;

/** A comment of JavaScript. To YAML it is text, and swallows the key or the value that follows. */
function commentAt(text: string, start: number): Fault {
  const closing = text.startsWith('/*', start)
    ? text.indexOf('*/', start) + 2
    : text.slice(start).search(/[\r\n]|$/) + start;
  const end = closing > start ? closing : text.length;
  return {
    span: { start, end },
    what: 'JSON has no comments',
    fix: { title: 'Remove the comment', newText: '' },
    isMisread: true,
  };
}

/** The first place that JSON does not know (RFC 8259); undefined when it is only in the order of the tokens. */
function faultOf(text: string): Fault | undefined {
  if (text.startsWith('\uFEFF')) {
    const fix = { title: 'Remove the byte order mark', newText: '' };
    return { span: { start: 0, end: 1 }, what: 'A byte order mark stands before the JSON', fix };
  }
  if (!/^\s*(#|\/|[{[])/.test(text)) return undefined;
  for (const { 0: token, index } of text.matchAll(tokens)) {
    const span = { start: index, end: index + token.length };
    const rest = text.slice(span.end, span.end + farthestBracket);
    if (token === '#') return { span, what: 'JSON has no comments' };
    if (token === '/' && /^[/*]/.test(rest)) return commentAt(text, index);
    if (token === "'") return { span, what: 'JSON has texts in double quotes only' };
    if (token === '"') return { span, what: 'This text is not closed on its line' };
    if (token === ',' && /^\s*[}\]]/.test(rest))
      return {
        span,
        what: 'JSON has no comma behind the last item',
        fix: { title: 'Remove the comma', newText: '' },
      };
    if (/^[A-Za-z_$]/.test(token) && !/^(true|false|null|NaN|Infinity)$/.test(token))
      return { span, what: `In JSON “${token.slice(0, 40)}” needs double quotes` };
    if (!/^(["\d{}[\]:,-]|true|false|null|NaN|Infinity)/.test(token))
      return { span, what: `JSON has no “${token}” here` };
  }
  return undefined;
}
