import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createAuthoringSession } from './session.ts';

const example = new URL('../../assets/examples/edge-berlin/', import.meta.url);
const paths = readdirSync(example, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.yaml'),
);
const exampleSite = new Map(paths.map((path) => [path, readFileSync(new URL(path, example), 'utf8')]));

function opened() {
  const session = createAuthoringSession();
  const first = session.open(exampleSite);
  return { session, first };
}

test('tells everything once', () => {
  const { session, first } = opened();
  expect(first.overview).toMatchObject({ name: 'edge-berlin', release: 'bookworm' });
  expect(first.hosts.map(({ name }) => name)).toEqual(['cp-1', 'cp-2', 'eph-1', 'wk-1', 'wk-2']);
  expect(session.advance()).toEqual({ overview: {}, hosts: [], diagnostics: [], pending: 0 });
});

test('sends only what a keystroke changed, as data that can be cloned', () => {
  const { session } = opened();
  session.select('wk-1');
  const text = exampleSite.get('hosts/wk-1.yaml') ?? '';
  const update = session.change('hosts/wk-1.yaml', text.replace('10.20.0.21', '10.20.0.999'));
  expect(update.overview).toEqual({});
  expect(update.hostPaths).toBeUndefined();
  expect(update.hosts.map(({ name }) => name)).toEqual(['wk-1']);
  expect(update.diagnostics.map(([path]) => path)).toEqual(['hosts/wk-1.yaml']);
  expect(structuredClone(update)).toEqual(update);
});

test('clears the findings of a file that has none any more', () => {
  const { session } = opened();
  session.change('user-data/base.yaml', 'runcmd: [a]\n');
  const update = session.change('user-data/base.yaml', exampleSite.get('user-data/base.yaml'));
  expect(update.diagnostics).toContainEqual(['user-data/base.yaml', []]);
});

test('renders the selected host, again only when it changed', () => {
  const { session } = opened();
  expect(session.select('wk-2').rendered?.userData).toContain('hostname: wk-2');
  expect(session.change('hosts/wk-1.yaml', undefined).rendered).toBeUndefined();
  expect(session.select('wk-9').rendered).toBeNull();
});

test('tells a new and a removed host by the list of paths', () => {
  const { session } = opened();
  expect(session.change('hosts/wk-1.yaml', undefined).hostPaths).toHaveLength(4);
  const again = session.change('hosts/wk-1.yaml', exampleSite.get('hosts/wk-1.yaml'));
  expect(again.hostPaths).toHaveLength(5);
  expect(again.hosts.map(({ name }) => name)).toEqual(['wk-1']);
});

test('checks the selected host first, and the others later, while a long document is typed in', () => {
  const { session } = opened();
  session.select('cp-2');
  const network = exampleSite.get('networks/bonded.yaml') ?? '';
  const long = `${network}${'# a line\n'.repeat(2000)}`.replace('mtu: 9000', 'mtu: 8000');
  const update = session.change('networks/bonded.yaml', long);
  expect(update.pending).toBe(3);
  expect(update.rendered?.networkConfig).toContain('mtu: 8000');
  expect([session.advance(), session.advance(), session.advance()].map(({ pending }) => pending)).toEqual([
    2, 1, 0,
  ]);
});

test('checks many hosts at once when many documents change together, as in a rename', () => {
  const worker = exampleSite.get('hosts/wk-1.yaml') ?? '';
  const many = Array.from({ length: 60 }, (_, at): [string, string] => {
    const name = `node-${at}`;
    return [`hosts/${name}.yaml`, worker.replaceAll('wk-1', name)];
  });
  const session = createAuthoringSession();
  session.open(new Map([...exampleSite, ...many]));
  const network = exampleSite.get('networks/bonded.yaml') ?? '';
  // One document that all hosts use is one that is typed in.
  expect(session.change('networks/bonded.yaml', `${network}# x`).pending).toBeGreaterThan(30);
  while (session.advance().pending > 0);
  const update = session.changeAll(
    many.map(([path, text]) => [path, text.replace('  profile:', '  profil:')]),
  );
  expect(update.pending).toBe(0);
  expect(update.diagnostics.filter(([path]) => path.startsWith('hosts/node-'))).toHaveLength(60);
});
