import { expect, it } from 'vitest';
import { keptPages, LogPages, pageLines } from './log-pages.ts';

const page = (from: number, count = pageLines) =>
  Array.from({ length: count }, (_, index) => `line ${from + index}`);

it('asks for the pages in view, once', () => {
  const pages = new LogPages();
  expect(pages.missing(pageLines - 10, pageLines + 10, 10_000)).toEqual([0, 1]);
  pages.begin(0);
  expect(pages.missing(pageLines - 10, pageLines + 10, 10_000)).toEqual([1]);
});

it('asks again for the last page when the log has grown', () => {
  const pages = new LogPages();
  pages.finish(0, page(0, 20));
  expect(pages.missing(0, 19, 20)).toEqual([]);
  expect(pages.missing(0, 29, 30)).toEqual([0]);
});

it('asks for a page again that could not be read', () => {
  const pages = new LogPages();
  pages.begin(0);
  pages.finish(0, undefined);
  expect(pages.missing(0, 5, 100)).toEqual([0]);
});

it('holds a bounded number of pages of a log of a million lines', () => {
  const pages = new LogPages();
  for (let index = 0; index < 2000; index++) pages.finish(index, page(index * pageLines));
  expect(pages.heldPages).toBe(keptPages);
  expect(pages.line(999_999)).toBe('line 999999');
  expect(pages.line(0)).toBeUndefined();
});

it('asks for nothing of an empty log', () => {
  expect(new LogPages().missing(0, 0, 0)).toEqual([]);
});
