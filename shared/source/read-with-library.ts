import { type Document, type ParseOptions, parseAllDocuments, visit } from 'yaml';
import { withLineFeeds } from './source-text.ts';

export const libraryOptions = {
  prettyErrors: false,
  strict: true,
  // The library compares each key with all before it, a second for 8,000 keys; our tree finds double ones at once.
  uniqueKeys: false,
  keepSourceTokens: false,
  logLevel: 'silent',
} as const satisfies ParseOptions & Record<string, unknown>;

/** A parser that reports every one of 100,000 broken lines helps nobody and costs seconds. */
export const maximumSyntaxErrors = 50;

/** The documents of a text; empty when it holds nothing but space and comments. */
export function readWithLibrary(text: string): readonly Document.Parsed[] {
  // Of V8 and JavaScriptCore: an error of the syntax is a value here, and the stack of each costs more than the error.
  const errors: ErrorConstructor & { stackTraceLimit?: number } = Error;
  const limit = errors.stackTraceLimit;
  if (limit !== undefined) errors.stackTraceLimit = 0;
  try {
    const written = withLineFeeds(text);
    const documents = documentsIn(written);
    return withLoneHyphens(written, documents) ?? documents;
  } finally {
    if (limit !== undefined) errors.stackTraceLimit = limit;
  }
}

function documentsIn(text: string): readonly Document.Parsed[] {
  const documents = parseAllDocuments(text, libraryOptions);
  return 'empty' in documents ? [] : documents;
}

/** Of the letters that nobody writes: it stands for a hyphen while the library reads. */
const standIn = '\uE000';

/**
 * `[su, -, ops]`: YAML 1.2 has no such scalar, but the readers of hosts (PyYAML, libyaml) take a hyphen right in front of
 * a comma or a bracket for one, and commands are often written so. Undefined where there is none.
 */
function withLoneHyphens(
  text: string,
  documents: readonly Document.Parsed[],
): readonly Document.Parsed[] | undefined {
  const places = documents
    .flatMap(({ errors }) => errors)
    .filter(
      ({ code, pos: [start] }) => code === 'BLOCK_IN_FLOW' && /^-[,\]}]/.test(text.slice(start, start + 2)),
    );
  if (places.length === 0 || text.includes(standIn)) return undefined;
  const letters = [...text.split('')];
  for (const { pos } of places) letters[pos[0]] = standIn;
  const read = documentsIn(letters.join(''));
  for (const document of read)
    visit(document, {
      Scalar: (_key, node) => {
        if (node.value === standIn) node.value = '-';
      },
    });
  return read;
}
