import { expect, it } from 'vitest';
import { createAuthoringSession, type SessionUpdate } from '#shared/site/session.ts';
import { mergeUpdates } from './merge-updates.ts';

const update = (change: Partial<SessionUpdate>): SessionUpdate => ({
  overview: {},
  hosts: [],
  diagnostics: [],
  pending: 0,
  ...change,
});

it('lets the later update win and keeps what only the earlier says', () => {
  const merged = mergeUpdates(
    update({
      overview: { name: 'old', release: 'bookworm' },
      diagnostics: [['a.yaml', []]],
      rendered: null,
      pending: 9,
    }),
    update({ overview: { name: 'new' }, diagnostics: [['b.yaml', []]] }),
  );
  expect(merged).toEqual({
    overview: { name: 'new', release: 'bookworm' },
    hosts: [],
    diagnostics: [
      ['a.yaml', []],
      ['b.yaml', []],
    ],
    rendered: null,
    pending: 0,
  });
});

it('carries a session: a change and a selection sent as one', () => {
  const session = createAuthoringSession();
  session.open(
    new Map([
      ['site.yaml', 'apiVersion: siteforge/v1\nkind: Site\nmetadata: {name: s}\nspec: {release: bookworm}\n'],
    ]),
  );
  const changed = session.change(
    'hosts/a.yaml',
    'apiVersion: siteforge/v1\nkind: Host\nmetadata: {name: a}\nspec: {rol: worker}\n',
  );
  const merged = mergeUpdates(changed, session.select('a'));
  expect(merged.hostPaths).toEqual(['hosts/a.yaml']);
  expect(merged.hosts.map(({ name }) => name)).toEqual(['a']);
  expect(merged.diagnostics.some(([path, found]) => path === 'hosts/a.yaml' && found.length > 0)).toBe(true);
});
