import { describe, expect, it } from 'vitest';
import type { TreeDraft } from '../state/tree-editing.ts';
import { groupOf, likelyFolder, treeRows } from './tree-rows.ts';

const paths = [
  'hosts/node-10.yaml',
  'hosts/node-9.yaml',
  'site.yaml',
  'images/live.yaml',
  'elements/base/element.yaml',
];
const shown = (folded: string[] = [], draft?: TreeDraft) =>
  treeRows(paths, folded, draft).map((row) =>
    row.type === 'group' ? `[${row.title} ${row.count}]` : row.type === 'draft' ? '<name>' : row.name,
  );

describe('the document tree', () => {
  it('is in the order of the work, with numbers counted as numbers', () => {
    expect(shown()).toEqual([
      'site.yaml',
      '[Hosts 2]',
      'node-9',
      'node-10',
      '[Profiles 0]',
      '[Networks 0]',
      '[User data 0]',
      '[Images 1]',
      'live',
      '[Other 1]',
      'elements/base/element.yaml',
    ]);
  });

  it('ends with the names of secrets, where there are any', () => {
    const rows = treeRows(paths, [], undefined, ['join-token']).slice(-2);
    expect(
      rows.map((row) => (row.type === 'group' ? row.title : row.type === 'secret' ? row.name : '')),
    ).toEqual(['Secrets', 'join-token']);
    expect(treeRows(paths, ['secrets'], undefined, ['join-token']).at(-1)).toMatchObject({
      type: 'group',
      count: 1,
    });
  });

  it('hides what is folded', () => {
    expect(shown(['hosts'])).not.toContain('node-9');
  });

  it('asks for a name where its document will stand', () => {
    expect(shown([], { type: 'new', folder: 'networks' }).slice(6, 8)).toEqual(['<name>', '[User data 0]']);
    expect(shown([], { type: 'new', folder: 'hosts', copyOf: 'hosts/node-9.yaml' }).slice(2, 4)).toEqual([
      'node-9',
      '<name>',
    ]);
    expect(shown([], { type: 'rename', path: 'hosts/node-9.yaml' }).slice(2, 4)).toEqual([
      '<name>',
      'node-10',
    ]);
  });

  it('shows nothing to type for a document that is gone', () => {
    expect(shown([], { type: 'rename', path: 'hosts/gone.yaml' })).toEqual(shown());
  });

  it('takes the folder of the shown document for the one of a new document', () => {
    expect(likelyFolder('images/live.yaml')).toBe('images');
    expect(likelyFolder('site.yaml')).toBe('hosts');
    expect(likelyFolder(undefined)).toBe('hosts');
  });

  it('knows the group of a document', () => {
    expect(groupOf('hosts/a.yaml')).toBe('hosts');
    expect(groupOf('elements/x/y.yaml')).toBe('other');
    expect(groupOf('site.yaml')).toBe('');
  });
});
