import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { createSourceText, type SourceText, type Span } from '../source/source-text.ts';
import type { InnerCheck } from './check-part.ts';
import { decodedPart } from './decoded-part.ts';
import { partSource } from './part-text.ts';
import { contentTypes, mailboxLine, multipartType, vagueTypes } from './part-type.ts';

/** Messages of hundreds of parts are made by programs: what a person reads is looked at. */
const mostParts = 64;
const longestMailboxLine = 200;

interface Headers {
  readonly fields: ReadonlyMap<string, string>;
  /** Offset of the first character behind the empty line. */
  readonly end: number;
}

/** A message of RFC 2046 as Python's email package splits it for cloud-init. */
export function checkMultipart(source: SourceText, sink: DiagnosticSink, inner: InnerCheck): void {
  const { text } = source;
  const start = Math.max(0, text.search(/\S/));
  const mailbox = mailboxLine.exec(text.slice(start, start + longestMailboxLine))?.[0].length ?? 0;
  const head = readHeaders(text, start + mailbox, text.length);
  const type = head.fields.get('content-type') ?? '';
  const report = (message: string, severity: 'error' | 'warning', span: Span = firstLine(text)) =>
    sink.at({ source, span }, severity, 'cloud-config-part', message);
  if (!head.fields.has('mime-version')) {
    report(
      '“MIME-Version: 1.0” is missing: without it cloud-init takes the message for plain text and ignores it.',
      'error',
    );
    return;
  }
  if (!multipartType.test(type.trim().toLowerCase())) {
    report('“Content-Type” does not say multipart/mixed, so nothing is taken apart.', 'warning');
    return;
  }
  const boundary = /boundary\s*=\s*(?:"([^"]*)"|([^\s;]+))/i.exec(type);
  const mark = boundary?.[1] ?? boundary?.[2];
  if (mark === undefined || mark === '') {
    report('“Content-Type” names no boundary, so that the parts cannot be told apart.', 'error');
    return;
  }
  const lines = delimiters(text, mark, head.end);
  if (lines.length === 0) {
    report(`No line says --${mark}: the message has no parts.`, 'error');
    return;
  }
  const last = lines.at(-1);
  if (last !== undefined && !last.isLast)
    report(
      `The last line --${mark}-- is missing: the message may have been cut short.`,
      'warning',
      last.span,
    );
  for (const [index, { span, isLast }] of lines.slice(0, mostParts).entries()) {
    if (isLast) break;
    const end = lines[index + 1]?.span.start ?? text.length;
    checkMessagePart(source, afterLine(text, span.end), end, sink, inner);
  }
}

function checkMessagePart(
  source: SourceText,
  start: number,
  end: number,
  sink: DiagnosticSink,
  inner: InnerCheck,
): void {
  const { fields, end: body } = readHeaders(source.text, start, end);
  const type = (fields.get('content-type') ?? 'text/plain').split(';')[0]?.trim().toLowerCase() ?? '';
  const encoding = fields.get('content-transfer-encoding')?.trim().toLowerCase() ?? '7bit';
  const isKnown = Object.hasOwn(contentTypes, type) || vagueTypes.has(type) || multipartType.test(type);
  if (!isKnown) {
    const meant = suggest(type, Object.keys(contentTypes));
    const hint = meant === undefined ? '' : ` Did you mean “${meant}”?`;
    const message = `cloud-init knows no parts of the type “${type}” unless a part handler takes them.${hint}`;
    const span = { start, end: Math.max(start, Math.min(end, start + lineLength(source.text, start))) };
    sink.at({ source, span }, 'warning', 'cloud-config-part', message);
    return;
  }
  if (multipartType.test(type)) return;
  const declared = vagueTypes.has(type) ? undefined : contentTypes[type];
  if (/^(7bit|8bit|binary)$/.test(encoding)) inner(partSource(source, body, end), declared);
  else
    checkEncodedPart({ source, span: { start: body, end } }, encoding, sink, (part, found) =>
      inner(part, declared, found),
    );
}

/** `cloud-init devel make-mime` writes parts in base64. Their lines are none of this text: findings say theirs in words. */
function checkEncodedPart(
  { source, span }: { readonly source: SourceText; readonly span: Span },
  encoding: string,
  sink: DiagnosticSink,
  check: (part: SourceText, found: DiagnosticSink) => void,
): void {
  const first = { start: span.start, end: span.start + lineLength(source.text, span.start) };
  const decoded = decodedPart(source.text.slice(span.start, span.end), encoding);
  if (decoded === undefined) {
    const message = `This part is said to be in ${encoding}, and cannot be decoded: cloud-init takes it as it stands here, or not at all.`;
    sink.at({ source, span: first }, 'warning', 'cloud-config-part', message);
    return;
  }
  const found = new DiagnosticSink();
  check(createSourceText(source.file, decoded), found);
  for (const { severity, code, message, range } of found.list())
    sink.at(
      { source, span: first },
      severity,
      code,
      `In line ${range.start.line} of what is encoded here: ${message}`,
    );
}

/** Header fields by their names in lower case; a line that starts with space goes on with the one before. */
function readHeaders(text: string, start: number, end: number): Headers {
  const fields = new Map<string, string>();
  let name = '';
  let at = start;
  while (at < end) {
    const lineStart = at;
    const length = lineLength(text, at);
    const line = text.slice(at, Math.min(end, at + length));
    at = afterLine(text, at + length);
    if (line.trim() === '') break;
    const field = /^([!-9;-~]+):(.*)$/.exec(line);
    if (field !== null) {
      name = (field[1] ?? '').toLowerCase();
      fields.set(name, field[2] ?? '');
    } else if (/^[ \t]/.test(line) && name !== '')
      fields.set(name, `${fields.get(name) ?? ''} ${line.trim()}`);
    else return { fields, end: lineStart };
  }
  return { fields, end: Math.min(at, end) };
}

/** The lines that part the message, in order. */
function delimiters(text: string, mark: string, from: number): { span: Span; isLast: boolean }[] {
  const found: { span: Span; isLast: boolean }[] = [];
  let at = from;
  while (at < text.length) {
    const length = lineLength(text, at);
    if (text.startsWith(`--${mark}`, at)) {
      const rest = text.slice(at + 2 + mark.length, at + length).trimEnd();
      if (rest === '' || rest === '--')
        found.push({ span: { start: at, end: at + length }, isLast: rest === '--' });
      if (rest === '--') return found;
    }
    at = afterLine(text, at + length);
  }
  return found;
}

function lineLength(text: string, at: number): number {
  let end = at;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  return end - at;
}

/** The offset behind the line end at an offset. */
function afterLine(text: string, at: number): number {
  if (text[at] === '\r' && text[at + 1] === '\n') return at + 2;
  return Math.min(text.length, at + 1);
}

function firstLine(text: string): Span {
  const start = Math.max(0, text.search(/\S/));
  return { start, end: start + lineLength(text, start) };
}
