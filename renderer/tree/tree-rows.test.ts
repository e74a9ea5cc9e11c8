import { describe, expect, it } from 'vitest';
import { groupOf, treeRows } from './tree-rows.ts';

const paths = [
  'hosts/node-10.yaml',
  'hosts/node-9.yaml',
  'site.yaml',
  'images/live.yaml',
  'elements/base/element.yaml',
];
const shown = (folded: string[] = []) =>
  treeRows(paths, folded).map((row) => (row.type === 'group' ? `[${row.title} ${row.count}]` : row.name));

describe('the document tree', () => {
  it('is in the order of the work, with numbers counted as numbers', () => {
    expect(shown()).toEqual([
      'site.yaml',
      '[Hosts 2]',
      'node-9',
      'node-10',
      '[Images 1]',
      'live',
      '[Other 1]',
      'elements/base/element.yaml',
    ]);
  });

  it('hides what is folded', () => {
    expect(shown(['hosts'])).not.toContain('node-9');
  });

  it('knows the group of a document', () => {
    expect(groupOf('hosts/a.yaml')).toBe('hosts');
    expect(groupOf('elements/x/y.yaml')).toBe('other');
    expect(groupOf('site.yaml')).toBe('');
  });
});
