import { type Document, type ParseOptions, parseAllDocuments } from 'yaml';
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
    const documents = parseAllDocuments(withLineFeeds(text), libraryOptions);
    return 'empty' in documents ? [] : documents;
  } finally {
    if (limit !== undefined) errors.stackTraceLimit = limit;
  }
}
