import { maskOf } from '#shared/secrets/mask.ts';

/** Shorter ones are left: `root` or `1` as a password would tear holes into every log. */
const shortestRedacted = 4;
/** Of values with several lines, these are redacted line by line too: logs and YAML indent them. */
const shortestLine = 16;

/** By the text to look for. Of one process: whatever it has read of secrets must not leave it in a log or an error. */
const known = new Map<string, string>();
let longestFirst: readonly (readonly [value: string, mask: string])[] = [];

/** Every value that is read or set passes here. */
export function rememberValue(name: string, value: string): void {
  const mask = maskOf(name);
  const lines = value.split(/\r?\n/).filter((line) => isTelling(line.trim()));
  const before = known.size;
  for (const text of [
    value,
    value.trimEnd(),
    JSON.stringify(value).slice(1, -1),
    ...lines.map((l) => l.trim()),
  ])
    if (text.length >= shortestRedacted) known.set(text, mask);
  if (known.size !== before) longestFirst = [...known].sort((a, b) => b[0].length - a[0].length);
}

/** The frame of a PEM block is the same in every certificate. */
function isTelling(line: string): boolean {
  return line.length >= shortestLine && !line.startsWith('-----');
}

/** The text with a mask in the place of every value that this process knows. */
export function redacted(text: string): string {
  let result = text;
  for (const [value, mask] of longestFirst)
    if (result.includes(value)) result = result.replaceAll(value, () => mask);
  return result;
}

/** The same in all texts of plain data, keys included. The very same object when nothing is known. */
export function redactedData<Data>(data: Data): Data {
  return longestFirst.length === 0 ? data : (redactAll(data) as Data);
}

function redactAll(data: unknown): unknown {
  if (typeof data === 'string') return redacted(data);
  if (Array.isArray(data)) return data.map(redactAll);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [redacted(key), redactAll(value)]));
}

/** For tests: what one has read is no business of the next. */
export function forgetValues(): void {
  known.clear();
  longestFirst = [];
}
