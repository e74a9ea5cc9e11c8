import type { DiagnosticSink, TextFix } from '../diagnostics/diagnostic.ts';
import { editDistance } from '../diagnostics/suggest.ts';
import type { SourceText, Span } from '../source/source-text.ts';
import { rangeOf } from '../source/source-text.ts';
import { checkPart } from './check-part.ts';
import { type PartType, partTypeOf } from './part-type.ts';

/** How a fragment is taken: as a cloud-config, as another type of user-data, or as nothing. */
export type UserDataType = 'cloud-config' | 'other' | 'none';

const names: Readonly<Record<Exclude<PartType, 'cloud-config' | 'none'>, string>> = {
  archive: 'an archive of several parts',
  jsonp: 'a JSON patch',
  template: 'a Jinja template, which is filled in on the machine',
  script: 'a script',
  include: 'a list of URLs to include',
  boothook: 'a boot hook',
  'part-handler': 'a part handler',
  upstart: 'an upstart job',
  multipart: 'a multi-part message',
  ignored: 'a text to ignore',
};

/** Of these the content is looked into. */
const lookedInto: ReadonlySet<PartType> = new Set(['archive', 'jsonp', 'template', 'include', 'multipart']);

export function userDataType(source: SourceText): UserDataType {
  const type = partTypeOf(source.text);
  return type === 'cloud-config' || type === 'none' ? type : 'other';
}

/**
 * Reports a first line that is not `#cloud-config`. Without any header cloud-init ignores the text, which is an
 * error; the other types are cloud-init's own and are checked as far as they can be, but only cloud-config can be
 * merged into what a host receives.
 */
export function checkHeader(source: SourceText, sink: DiagnosticSink): UserDataType {
  const type = partTypeOf(source.text);
  if (type !== 'none') reportByteOrderMark(source, sink);
  if (type === 'cloud-config') return type;
  const place = { source, span: firstLine(source) };
  if (type === 'none') {
    const message =
      'The first line must be “#cloud-config”: cloud-init ignores user-data that starts with anything else.';
    sink.at(place, 'error', 'cloud-config-header', message, [headerFix(source)]);
    return type;
  }
  const extent = lookedInto.has(type) ? '' : ' It is passed on as it is.';
  const message = `cloud-init takes this for ${names[type]}.${extent} A host of a site can only include fragments that start with “#cloud-config”.`;
  sink.at(place, 'warning', 'cloud-config-header', message);
  checkPart(source, type, sink);
  return 'other';
}

/**
 * cloudinit/handlers/__init__.py, `type_from_starts_with`: Python's lstrip() leaves a byte order mark, so that no header
 * is found behind one. A warning alone: what hosts of a site receive is written anew from the fragment, without it.
 */
function reportByteOrderMark(source: SourceText, sink: DiagnosticSink): void {
  const [space = ''] = /^[\s\uFEFF]*/.exec(source.text) ?? [];
  const start = space.indexOf('\uFEFF');
  if (start < 0) return;
  const span = { start, end: space.lastIndexOf('\uFEFF') + 1 };
  const newText = source.text.slice(span.start, span.end).replaceAll('\uFEFF', '');
  const message =
    'An invisible byte order mark stands before the header: cloud-init would not find the header and ignore this text where it gets it as it is. Save the file as UTF-8 without BOM.';
  const range = rangeOf(source, span);
  sink.at({ source, span }, 'warning', 'document-encoding', message, [
    { title: 'Remove the byte order mark', file: source.file, range, newText },
  ]);
}

function firstLine(source: SourceText): Span {
  const end = source.text.search(/[\r\n]/);
  return { start: 0, end: end < 0 ? source.text.length : end };
}

/** The header in the place of one that is nearly right, such as `#cloud_config` or `# cloud-config`; else before all. */
function headerFix(source: SourceText): TextFix {
  const start = source.text.startsWith('\uFEFF') ? 1 : 0;
  const { end } = firstLine(source);
  const written = source.text.slice(start, end).trim();
  const isNear = written.length < 24 && editDistance(written.toLowerCase(), '#cloud-config') <= 3;
  return {
    title: isNear ? 'Change it to “#cloud-config”' : 'Add “#cloud-config” as the first line',
    file: source.file,
    range: rangeOf(source, { start, end: isNear ? end : start }),
    newText: isNear ? '#cloud-config' : '#cloud-config\n',
  };
}
