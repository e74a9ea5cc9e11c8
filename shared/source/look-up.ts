/**
 * What a table says of a word of a document. Every object of JavaScript answers to “constructor” and its like as well, so
 * that a document could ask for what stands in no table.
 */
export function lookUp<Value>(table: Readonly<Record<string, Value>>, word: string): Value | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
