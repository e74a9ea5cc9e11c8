import { storedName, withoutEnding } from '../secrets/stored-name.ts';
import type { SiteSymbol } from './symbols.ts';

/** The value that a secret has beside the documents, under the name of its file or of its entry in the key store. */
export interface RenamedValue {
  readonly from: string;
  readonly to: string;
}

/** The same secret as documents may name it: with the ending of its file and without. `stored`: what has a value. */
export function spellingsOf(symbol: SiteSymbol, stored: readonly string[]): readonly SiteSymbol[] {
  const file = symbol.kind === 'secret' ? storedName(symbol.name, stored) : undefined;
  if (file === undefined) return [symbol];
  return [...new Set([file, withoutEnding(file)])]
    .filter((name) => storedName(name, stored) === file)
    .map((name) => ({ ...symbol, name }));
}

/** Names that would be mixed up with the new one of a secret, among those in documents and those with a value. */
export function takenSecretNames(
  symbol: SiteSymbol,
  inDocuments: readonly string[],
  stored: readonly string[],
): string[] {
  const file = storedName(symbol.name, stored);
  const ending = file === undefined ? '' : file.slice(symbol.name.length);
  const besides = stored.flatMap((name) =>
    ending !== '' && name.endsWith(ending) ? [name, name.slice(0, -ending.length)] : [name],
  );
  const own = new Set(spellingsOf(symbol, stored).map(({ name }) => name));
  return [...new Set([...inDocuments, ...besides])].filter((name) => !own.has(name)).sort();
}

/** What becomes of the value, and how each spelling is written afterwards: always so that it means the same value. */
export function renamedSecret(
  { name }: SiteSymbol,
  to: string,
  stored: readonly string[],
): { readonly value?: RenamedValue; readonly written: (spelling: string) => string } {
  const from = storedName(name, stored);
  if (from === undefined) return { written: () => to };
  // A name without the ending keeps the file's ending.
  const file = name === from ? to : `${to}${from.slice(name.length)}`;
  const after = stored.map((each) => (each === from ? file : each));
  const short = withoutEnding(file);
  const shortOrFile = storedName(short, after) === file ? short : file;
  return { value: { from, to: file }, written: (spelling) => (spelling === from ? file : shortOrFile) };
}
