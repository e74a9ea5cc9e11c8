import type { DiagnosticSink, TextFix } from '../diagnostics/diagnostic.ts';
import type { SourceText, Span } from '../source/source-text.ts';
import { rangeOf } from '../source/source-text.ts';

/** What cloud-init takes a part of user-data for, by how it starts (`INCLUSION_TYPES_MAP` in its handlers). */
export type UserDataType = 'cloud-config' | 'other' | 'none';

const otherTypes: readonly (readonly [RegExp, string])[] = [
  [/^#cloud-config-archive/, 'an archive of several parts'],
  [/^#cloud-config-jsonp/, 'a JSON patch'],
  [/^## template: ?jinja/, 'a Jinja template, which is filled in on the machine'],
  [/^#!/, 'a script'],
  [/^#include(-once)?/, 'a list of URLs to include'],
  [/^#cloud-boothook/, 'a boot hook'],
  [/^#part-handler/, 'a part handler'],
  [/^#upstart-job/, 'an upstart job'],
  [/^content-type: ?multipart/, 'a multi-part message'],
  [/^mime-version:/, 'a multi-part message'],
];

/** The first 200 characters as cloud-init compares them: without leading space, in lower case. */
function startOf(source: SourceText): string {
  return source.text
    .slice(0, 200)
    .replace(/^\uFEFF/, '')
    .trimStart()
    .toLowerCase();
}

export function userDataType(source: SourceText): UserDataType {
  const start = startOf(source);
  if (otherTypes.some(([pattern]) => pattern.test(start))) return 'other';
  return start.startsWith('#cloud-config') ? 'cloud-config' : 'none';
}

/**
 * Reports a first line that is not `#cloud-config`. Without any header cloud-init ignores the text, which is an
 * error; the other types are cloud-init's own, but only cloud-config can be merged and checked here.
 */
export function checkHeader(source: SourceText, sink: DiagnosticSink): UserDataType {
  const type = userDataType(source);
  if (type === 'cloud-config') return type;
  const place = { source, span: firstLine(source) };
  if (type === 'none') {
    const message =
      'The first line must be “#cloud-config”: cloud-init ignores user-data that starts with anything else.';
    sink.at(place, 'error', 'cloud-config-header', message, [headerFix(source)]);
    return type;
  }
  const start = startOf(source);
  const name = otherTypes.find(([pattern]) => pattern.test(start))?.[1] ?? 'something else';
  const message = `cloud-init takes this for ${name}. It is not checked here, and a host can only include fragments that start with “#cloud-config”.`;
  sink.at(place, 'warning', 'cloud-config-header', message);
  return type;
}

function firstLine(source: SourceText): Span {
  const end = source.text.search(/[\r\n]/);
  return { start: 0, end: end < 0 ? source.text.length : end };
}

function headerFix(source: SourceText): TextFix {
  const start = source.text.startsWith('\uFEFF') ? 1 : 0;
  return {
    title: 'Add “#cloud-config” as the first line',
    file: source.file,
    range: rangeOf(source, { start, end: start }),
    newText: '#cloud-config\n',
  };
}
