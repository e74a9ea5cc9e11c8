import { beforeEach, expect, test } from 'vitest';
import type { Failure } from '#shared/errors.ts';
import { noteWritten, showFailure, showNotice, useNotices } from './notices.ts';

const full: Failure = { code: 'disk-full', message: 'No space is left', next: 'Free some.' };
const titles = () => useNotices.getState().notices.map(({ title }) => title);

beforeEach(() => useNotices.setState({ notices: [] }));

test('what could not be written is told until each of the documents was', () => {
  showFailure(full, undefined, ['hosts/a.yaml', 'hosts/b.yaml']);
  showNotice({ tone: 'failed', title: 'The engine is gone' });
  noteWritten(['hosts/a.yaml', 'site.yaml']);
  expect(titles()).toEqual(['No space is left', 'The engine is gone']);
  noteWritten(['hosts/b.yaml']);
  expect(titles()).toEqual(['The engine is gone']);
});

test('the same failure once more is one notice with a count', () => {
  showFailure(full);
  showFailure(full);
  expect(useNotices.getState().notices.map(({ times }) => times)).toEqual([2]);
});
