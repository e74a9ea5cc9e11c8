import { nameProblem } from '../site/document-name.ts';

/**
 * Gives names to documents of one folder. A name of elsewhere becomes one that documents may have (lower-case
 * letters, digits and hyphens, at most 63), and one that is taken gets a number.
 */
export class DocumentNames {
  readonly #taken = new Set<string>();

  of(wanted: string): string {
    const plain = wanted
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 63)
      .replace(/^-+|-+$/g, '');
    const base = plain === '' ? 'imported' : plain;
    let name = base;
    for (let number = 2; this.#taken.has(name) || nameProblem(name, '', []) !== undefined; number++) {
      const ending = `-${number}`;
      name = `${base.slice(0, 63 - ending.length).replace(/-+$/, '')}${ending}`;
    }
    this.#taken.add(name);
    return name;
  }
}
