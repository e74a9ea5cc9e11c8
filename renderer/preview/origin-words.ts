import type { LineOrigins, Origin } from '#shared/render/origin.ts';

/** `spec.dns.servers` without `spec.`: everything in site.yaml stands there. */
function withoutSpec(words: string): string {
  return words.replace(/\bspec\./g, '');
}

/** A sentence about a line: `From site.yaml, line 24: dns.servers.` */
export function originWords({ place, words, values }: Origin): string {
  if (place === undefined) return `Written in no document: ${words ?? 'it follows from the others'}.`;
  const what = words === undefined ? '' : `: ${withoutSpec(words)}`;
  const filled = values
    .filter(({ file, range }) => file !== place.file || range.start.line !== place.range.start.line)
    .map(({ file, range }) => `${file}, line ${range.start.line}`);
  const also = filled.length === 0 ? '' : ` Filled in from ${[...new Set(filled)].join(' and ')}.`;
  return `From ${place.file}, line ${place.range.start.line}${what}.${also}`;
}

/** Characters that the gutter has for names of files. */
const longestName = 11;

/**
 * What the gutter shows for each line: the name of the document and its line where that changes, then the line alone.
 * The value that a host brought in counts, as that is what differs between hosts.
 */
export function gutterTexts({ origins, lines }: LineOrigins): string[] {
  let before: string | undefined;
  return lines.map((index) => {
    const origin = origins[index];
    const place = origin?.values.at(-1) ?? origin?.place;
    if (place === undefined) {
      before = undefined;
      return origin === undefined ? '' : '–';
    }
    const line = String(place.range.start.line);
    const isSame = before === place.file;
    before = place.file;
    return isSame ? line : `${shortName(place.file)} ${line}`;
  });
}

function shortName(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.ya?ml$/, '');
  return name.length <= longestName ? name : `${name.slice(0, longestName - 1)}…`;
}

/** Characters that the gutter needs. */
export function gutterWidth(texts: readonly string[]): number {
  return Math.max(4, ...texts.map(({ length }) => length));
}
