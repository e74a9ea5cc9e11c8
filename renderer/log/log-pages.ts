/** Lines fetched at once. A screen shows about 60; a page costs one call of some 50 kB. */
export const pageLines = 500;
/** Pages kept: 20 pages are about 1 MB, whatever the length of the log. */
export const keptPages = 20;

/** Pages of a log, of which only the ones near the reader are held. */
export class LogPages {
  readonly #pages = new Map<number, readonly string[]>();
  readonly #loading = new Set<number>();

  line(index: number): string | undefined {
    return this.#pages.get(Math.floor(index / pageLines))?.[index % pageLines];
  }

  /** The pages that a visible range needs and that are neither complete nor on their way. */
  missing(first: number, last: number, total: number): number[] {
    const missing: number[] = [];
    const lastPage = Math.floor(Math.max(0, Math.min(last, total - 1)) / pageLines);
    for (let page = Math.floor(Math.max(0, first) / pageLines); page <= lastPage && total > 0; page++) {
      const complete = Math.min(pageLines, total - page * pageLines);
      if (!this.#loading.has(page) && (this.#pages.get(page)?.length ?? 0) < complete) missing.push(page);
    }
    return missing;
  }

  begin(page: number): void {
    this.#loading.add(page);
  }

  /** Keeps a page; the one fetched longest ago goes when there are too many. */
  finish(page: number, lines: readonly string[] | undefined): void {
    this.#loading.delete(page);
    if (lines === undefined) return;
    this.#pages.delete(page);
    this.#pages.set(page, lines);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= keptPages) break;
      this.#pages.delete(oldest);
    }
  }

  get heldPages(): number {
    return this.#pages.size;
  }

  /** Every held line in order, for copying what is seen. */
  lines(first: number, last: number): string[] {
    const found: string[] = [];
    for (let index = first; index <= last; index++) {
      const line = this.line(index);
      if (line !== undefined) found.push(line);
    }
    return found;
  }
}
