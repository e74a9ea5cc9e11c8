import { beforeEach, describe, expect, it } from 'vitest';
import {
  closeTab,
  documentsOf,
  forgetDocument,
  judgeDiskChange,
  neighbouringTab,
  noDocuments,
  type OpenDocument,
  showTab,
  unsavedPaths,
  updateDocument,
  useDocuments,
} from './documents.ts';

const digest = (letter: string) => letter.repeat(64);

function onDisk(...paths: string[]) {
  return documentsOf(paths.map((path) => ({ path, text: `# ${path}\n`, digest: digest('a') })));
}

beforeEach(() => {
  useDocuments.setState({ ...noDocuments, byPath: onDisk('site.yaml', 'hosts/a.yaml', 'hosts/b.yaml') });
});

describe('tabs', () => {
  it('opens a new tab after the active one and shows it', () => {
    showTab('site.yaml');
    showTab('hosts/a.yaml');
    showTab('site.yaml');
    showTab('hosts/b.yaml');
    expect(useDocuments.getState().tabs).toEqual(['site.yaml', 'hosts/b.yaml', 'hosts/a.yaml']);
    expect(useDocuments.getState().active).toBe('hosts/b.yaml');
  });

  it('shows the right neighbour after closing the active tab, the left one at the end', () => {
    for (const path of ['site.yaml', 'hosts/a.yaml', 'hosts/b.yaml']) showTab(path);
    showTab('hosts/a.yaml');
    closeTab('hosts/a.yaml');
    expect(useDocuments.getState().active).toBe('hosts/b.yaml');
    closeTab('hosts/b.yaml');
    expect(useDocuments.getState().active).toBe('site.yaml');
    closeTab('site.yaml');
    expect(useDocuments.getState().active).toBeUndefined();
  });

  it('keeps an unsaved document when its tab is closed', () => {
    showTab('site.yaml');
    updateDocument('site.yaml', { dirty: true });
    closeTab('site.yaml');
    expect(unsavedPaths(useDocuments.getState())).toEqual(['site.yaml']);
  });

  it('goes around from the last tab to the first', () => {
    showTab('site.yaml');
    showTab('hosts/a.yaml');
    expect(neighbouringTab(1)).toBe('site.yaml');
    expect(neighbouringTab(-1)).toBe('site.yaml');
  });

  it('closes the tab of a forgotten document', () => {
    showTab('hosts/a.yaml');
    forgetDocument('hosts/a.yaml');
    expect(useDocuments.getState().tabs).toEqual([]);
    expect(useDocuments.getState().byPath['hosts/a.yaml']).toBeUndefined();
  });
});

describe('a change on disk', () => {
  const clean: OpenDocument = {
    path: 'a.yaml',
    saved: 'old',
    digest: digest('a'),
    dirty: false,
    tooLarge: false,
  };
  const dirty: OpenDocument = { ...clean, dirty: true };
  const foreign = { text: 'theirs', digest: digest('b') };

  it('is our own save when its digest is known', () => {
    expect(judgeDiskChange(clean, { text: 'old', digest: digest('a') }, 'old', true)).toBe('known');
  });

  it('is taken when nothing is unsaved', () => {
    expect(judgeDiskChange(clean, foreign, 'old', true)).toBe('take');
  });

  it('never touches unsaved text', () => {
    expect(judgeDiskChange(dirty, foreign, 'mine', true)).toBe('conflict');
    expect(judgeDiskChange(dirty, { text: null, digest: null }, 'mine', false)).toBe('conflict');
  });

  it('is nothing to decide when both sides say the same', () => {
    expect(judgeDiskChange(dirty, foreign, 'theirs', true)).toBe('same');
  });

  it('forgets a removed document that nobody has open', () => {
    expect(judgeDiskChange(clean, { text: null, digest: null }, 'old', false)).toBe('forget');
    expect(judgeDiskChange(clean, { text: null, digest: null }, 'old', true)).toBe('conflict');
  });

  it('adds a document that is new', () => {
    expect(judgeDiskChange(undefined, foreign, '', false)).toBe('add');
    expect(judgeDiskChange(undefined, { text: null, digest: null }, '', false)).toBe('known');
  });
});
