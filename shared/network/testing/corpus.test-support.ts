import { readdirSync, readFileSync } from 'node:fs';

export interface CorpusDocument {
  /** `version-1: a bridge` */
  readonly name: string;
  readonly format: 'version-1' | 'version-2' | 'network-data';
  readonly text: string;
}

const folder = new URL('corpus/', import.meta.url);

/** Documents that are fine: each format's file holds one after every line `--- # NAME`. */
export const corpus: readonly CorpusDocument[] = readdirSync(folder)
  .sort()
  .flatMap((file) => {
    const format = file.replace('.yaml', '') as CorpusDocument['format'];
    const parts = readFileSync(new URL(file, folder), 'utf8').split(/^--- # (.*)$/m);
    return parts.flatMap((name, index) =>
      index % 2 === 1
        ? [{ name: `${format}: ${name}`, format, text: (parts[index + 1] ?? '').trimStart() }]
        : [],
    );
  });
