import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createSiteAnalyser } from '../site/analyser.ts';
import { newDocumentText, renamedText } from './new-document.ts';

const example = new URL('../../assets/examples/edge-berlin/', import.meta.url);
const paths = readdirSync(example, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.yaml'),
);
const exampleSite = new Map(paths.map((path) => [path, readFileSync(new URL(path, example), 'utf8')]));
const bareSite = new Map([['site.yaml', exampleSite.get('site.yaml') ?? '']]);

const newPaths = [
  'hosts/node-new.yaml',
  'profiles/new.yaml',
  'networks/new.yaml',
  'user-data/new.yaml',
  'images/new.yaml',
];

function analyserOf(files: ReadonlyMap<string, string>) {
  const analyser = createSiteAnalyser();
  for (const [path, text] of files) analyser.update(path, text);
  return analyser;
}

/** The findings in a document made from its skeleton, and the line with its selection in brackets. */
function make(path: string, files: ReadonlyMap<string, string>) {
  const analyser = analyserOf(files);
  const draft = newDocumentText(analyser.analyse(), path);
  if (draft === undefined) throw new Error(`There is no skeleton for ${path}.`);
  const { text, select } = draft;
  analyser.update(path, text);
  const analysis = analyser.analyse();
  const marked = `${text.slice(0, select.start)}[${text.slice(select.start, select.end)}]${text.slice(select.end)}`;
  const line = marked.slice(0, select.start).split('\n').length - 1;
  return {
    // That nothing refers to a new document yet is told as a note.
    found: analysis.diagnostics
      .filter(({ severity }) => severity !== 'info')
      .map(({ file, severity, message }) => `${file} ${severity} ${message}`),
    selected: marked.split('\n')[line],
    text,
    analysis,
  };
}

describe('a new document', () => {
  test.each(newPaths)('%s has nothing to mend in a complete site', (path) => {
    expect(make(path, exampleSite).found).toEqual([]);
  });

  test.each(newPaths)('%s lacks in an empty site only what it has to refer to', (path) => {
    const { found } = make(path, bareSite);
    const needsProfile = path.startsWith('hosts/') || path.startsWith('images/');
    expect(found).toEqual(needsProfile ? [expect.stringMatching(/profile|name has/i)] : []);
  });

  test.each([
    ['hosts/node-new.yaml', '    eno1: "[02:00:00:00:00:01]"'],
    ['profiles/new.yaml', '    install: [[]]'],
    ['networks/new.yaml', '      - [((var.oam-address))/24]'],
    ['user-data/new.yaml', '  - [[sysctl, --system]]'],
    ['images/new.yaml', '  profile: [edge-node]'],
  ])('%s has selected what is filled in first', (path, line) => {
    expect(make(path, exampleSite).selected).toBe(line);
  });

  test('a host without a profile to refer to starts there', () => {
    expect(make('hosts/node-new.yaml', bareSite).selected).toBe('  profile: []');
  });
});

test('a new host is like most others, with addresses that no other has', () => {
  const { analysis, text } = make('hosts/node-new.yaml', exampleSite);
  const host = analysis.hosts.find(({ name }) => name === 'node-new');
  expect(host).toMatchObject({
    role: 'worker',
    profile: 'edge-node',
    network: 'bonded',
    userData: ['base', 'kubernetes-node'],
    addresses: ['10.20.0.23/24', '10.30.0.23/24', '10.40.0.23/24', '10.50.0.23/24'],
  });
  expect(text).toContain('domain: edge.example');
});

test('two new hosts, one after the other, are in nobody’s way', () => {
  const first = make('hosts/node-a.yaml', exampleSite);
  const second = make('hosts/node-b.yaml', new Map([...exampleSite, ['hosts/node-a.yaml', first.text]]));
  expect(second.found).toEqual([]);
});

describe('a copy', () => {
  const copy = (path: string, to: string, files = exampleSite) =>
    renamedText(analyserOf(files).analyse(), path, to);

  test('says its own name and keeps everything else, comments too', () => {
    const text = exampleSite.get('hosts/wk-1.yaml') ?? '';
    const copied = copy('hosts/wk-1.yaml', 'hosts/wk-33.yaml');
    expect(copied?.text).toBe(text.replace('name: wk-1', 'name: wk-33'));
    expect(copied?.text.slice(copied.select.start, copied.select.end)).toBe('"52:54:00:20:21:01"');
  });

  test('of a document that says no name is the same text', () => {
    expect(copy('networks/bonded.yaml', 'networks/x.yaml')?.text).toBe(
      exampleSite.get('networks/bonded.yaml'),
    );
  });

  test('leaves a name alone that is not its own', () => {
    const files = new Map([['hosts/a.yaml', 'kind: Host\nmetadata:\n  name: other\n']]);
    expect(copy('hosts/a.yaml', 'hosts/b.yaml', files)?.text).toContain('name: other');
  });

  test('of a text that does not parse is the same text', () => {
    const files = new Map([['hosts/a.yaml', 'metadata: {name: a\n  - x: [']]);
    expect(copy('hosts/a.yaml', 'hosts/b.yaml', files)?.text).toMatch(/- x: \[$/);
  });
});
