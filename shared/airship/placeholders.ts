import type { SourceNode } from '../source/source-node.ts';
import type { SourceText } from '../source/source-text.ts';
import type { DocumentSink } from './document-sink.ts';
import type { SecretValue } from './secrets.ts';

/** What Airship's replacement transformer, and people, leave in a text that is to be filled in. */
const placeholder = /\b(REPLACEMENT_[A-Z0-9_]+|REPLACE_?ME|CHANGE_?ME)\b/g;

export function holdsPlaceholder(text: string): boolean {
  return text.search(placeholder) >= 0;
}

/** Reports each placeholder of a value once, at the line where it stands first. */
export function reportPlaceholders(node: SourceNode, sink: DocumentSink): void {
  const { start, end } = node.span;
  reportIn(node.source, start, end, sink);
}

/** The same for a text of a Secret: in base64 it cannot be seen where it stands. */
export function reportPlaceholdersOf({ text, place }: SecretValue, sink: DocumentSink): void {
  const written = place.source.text.slice(place.span.start, place.span.end);
  const hidden = [...new Set(text.match(placeholder) ?? [])].filter((name) => !written.includes(name));
  for (const name of hidden) {
    const message = `${name} was not replaced: the host would get it as it stands. It is inside the base64.`;
    sink.at(place, 'warning', 'airship-placeholder', message);
  }
  reportPlaceholders(place, sink);
}

function reportIn(source: SourceText, start: number, end: number, sink: DocumentSink): void {
  const seen = new Map<string, { at: number; count: number }>();
  for (const match of source.text.slice(start, end).matchAll(placeholder)) {
    const at = start + match.index;
    if (isComment(source.text, at)) continue;
    const found = seen.get(match[0]);
    if (found === undefined) seen.set(match[0], { at, count: 1 });
    else found.count += 1;
  }
  for (const [name, { at, count }] of seen) {
    const times = count === 1 ? '' : ` It stands here ${count} times.`;
    const message = `${name} was not replaced: the host would get it as it stands.${times}`;
    sink.at(
      { source, span: { start: at, end: at + name.length } },
      'warning',
      'airship-placeholder',
      message,
    );
  }
}

/** Comments of a manifest name what is to be replaced. Behind a `#` inside a value, little is lost. */
function isComment(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at);
  return /^\s*#/.test(line);
}
