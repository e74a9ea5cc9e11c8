import { expect, it } from 'vitest';
import { rank, shownChoices } from './rank.ts';

const choices = ['node-07', 'node-17', 'seventy', 'Show or hide the preview', 'Show Hosts'].map((title) => ({
  id: title,
  title,
}));
const titles = (typed: string) => rank(choices, typed).map(({ title }) => title);

it('prefers the start of the title, then the start of a word', () => {
  expect(titles('sho')[0]).toBe('Show or hide the preview');
  expect(titles('ho')).toEqual(['Show Hosts', 'Show or hide the preview']);
});

it('wants every word', () => {
  expect(titles('show host')).toEqual(['Show Hosts']);
});

it('finds letters in order when nothing fits better', () => {
  expect(titles('n07')).toEqual(['node-07']);
});

it('searches the detail too', () => {
  expect(rank([{ id: 'a', title: 'node-07', detail: 'worker 10.0.0.7' }], '10.0.0.7')).toHaveLength(1);
});

it('searches other words for it, from their start', () => {
  const realms = { id: 'realms', title: 'Show what is baked and stamped', words: 'realms day-2' };
  const ranked = (typed: string) => rank([realms, { id: 'b', title: 'A realm' }], typed).map(({ id }) => id);
  expect(ranked('realm')).toEqual(['b', 'realms']);
  expect(ranked('show day-2')).toEqual(['realms']);
  expect(ranked('ealms')).toEqual([]);
});

it('renders a bounded number of a thousand hosts', () => {
  const many = Array.from({ length: 1000 }, (_, index) => ({ id: String(index), title: `node-${index}` }));
  expect(rank(many, '')).toHaveLength(shownChoices);
  expect(rank(many, 'node')).toHaveLength(shownChoices);
});
