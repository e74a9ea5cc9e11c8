import { expect, test } from 'vitest';
import { composed } from './edit/replacement.ts';
import { editValue, editValues, replacementsAsEdits, type ValueChange } from './edit-value.ts';

const host = `# A worker.
kind: Host
metadata:
  name: wk-2   # on the label
spec:
  role: worker
  # What is baked.
  profile: edge-node

  macs:
    eno1: "52:54:00:20:22:01" # left
  userData: [base, node]
  variables: {}
  kernelArguments:
    # For the disk.
    - pcie_aspm=off
    # For the log.
    - quiet
`;

function edited(text: string, ...changes: ValueChange[]): string {
  const result = editValues(text, changes);
  return result.ok ? result.text : result.reason;
}

/** The lines that are not in the other text, marked. */
function difference(before: string, after: string): string[] {
  const old = before.split('\n');
  const now = after.split('\n');
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `-${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+${line}`),
  ];
}

const change = (...changes: ValueChange[]) => difference(host, edited(host, ...changes));

test('sets a value where it stands and leaves its comment', () => {
  expect(change({ type: 'set', path: ['metadata', 'name'], value: 'wk-3' })).toEqual([
    '-  name: wk-2   # on the label',
    '+  name: wk-3   # on the label',
  ]);
});

test('keeps the quotes of a value, and gives a new one those of its neighbours', () => {
  expect(change({ type: 'set', path: ['spec', 'macs', 'eno1'], value: 'aa:bb:cc:dd:ee:ff' })).toContain(
    '+    eno1: "aa:bb:cc:dd:ee:ff" # left',
  );
  expect(change({ type: 'set', path: ['spec', 'macs', 'eno2'], value: 'aa:bb:cc:dd:ee:ff' })).toEqual([
    '+    eno2: "aa:bb:cc:dd:ee:ff"',
  ]);
});

test('quotes what YAML 1.1 or 1.2 would take for something else, and only that', () => {
  const values = ['yes', '0644', '12:30', '10.0.0.1', '10.0.0.1/24', 'a: b', '((var.x))', ''];
  const written = values.map((value) => edited('a: x\n', { type: 'set', path: ['a'], value }).trimEnd());
  expect(written).toEqual([
    'a: "yes"',
    'a: "0644"',
    'a: "12:30"',
    'a: 10.0.0.1',
    'a: 10.0.0.1/24',
    'a: "a: b"',
    'a: ((var.x))',
    'a: ""',
  ]);
});

test('adds a key among the others in their usual order, or behind them', () => {
  const order = ['domain', 'role', 'profile', 'macs', 'bmc', 'network'];
  const domain = edited(host, { type: 'set', path: ['spec', 'domain'], value: 'edge.example', order });
  expect(domain).toContain('spec:\n  domain: edge.example\n  role: worker\n');
  const bmc = edited(host, {
    type: 'set',
    path: ['spec', 'bmc', 'address'],
    value: 'redfish+https://h/1',
    order,
  });
  expect(bmc).toMatch(/- quiet\n {2}bmc:\n {4}address: redfish\+https:\/\/h\/1\n$/);
});

test('makes an empty mapping one of lines', () => {
  const variables = edited(host, { type: 'set', path: ['spec', 'variables', 'ip'], value: '10.0.0.1' });
  expect(variables).toContain('  variables:\n    ip: 10.0.0.1\n  kernelArguments:');
});

test('leaves an empty mapping where the last entry goes', () => {
  expect(change({ type: 'remove', path: ['spec', 'macs', 'eno1'] })).toEqual([
    '-  macs:',
    '-    eno1: "52:54:00:20:22:01" # left',
    '+  macs: {}',
  ]);
});

test('adds to a list in its own style', () => {
  expect(change({ type: 'insert', path: ['spec', 'userData', 1], value: 'extra' })).toContain(
    '+  userData: [base, extra, node]',
  );
  expect(change({ type: 'set', path: ['spec', 'kernelArguments', 2], value: 'nosplash' })).toEqual([
    '+    - nosplash',
  ]);
});

test('moves an item with the comment above it', () => {
  const moved = edited(host, { type: 'move', path: ['spec', 'kernelArguments', 0], to: 1 });
  expect(moved).toContain(
    '  kernelArguments:\n    # For the log.\n    - quiet\n    # For the disk.\n    - pcie_aspm=off\n',
  );
});

test('takes an entry out with the comment that belongs to it', () => {
  expect(edited(host, { type: 'remove', path: ['spec', 'profile'] })).toContain(
    '  role: worker\n\n  macs:\n',
  );
  expect(change({ type: 'remove', path: ['spec', 'kernelArguments', 0] })).toEqual([
    '-    # For the disk.',
    '-    - pcie_aspm=off',
  ]);
  const links = 'vlans:\n  # One.\n  a:\n    id: 1\n\n  # Two.\n  b:\n    id: 2\n\n  # Three.\n  c: {}\n';
  expect(edited(links, { type: 'remove', path: ['vlans', 'b'] })).toBe(
    'vlans:\n  # One.\n  a:\n    id: 1\n\n  # Three.\n  c: {}\n',
  );
});

test('leaves a comment that is about more than the entry that goes', () => {
  const list = 'list:\n  # In this order.\n  - a\n  - b\n';
  expect(edited(list, { type: 'remove', path: ['list', 0] })).toBe('list:\n  # In this order.\n  - b\n');
  const apart = '# The head.\na: 1\n# Of b.\nb: 2\n\n# Apart.\n\nc: 3\n';
  expect(edited(apart, { type: 'remove', path: ['a'] })).toBe(
    '# The head.\n# Of b.\nb: 2\n\n# Apart.\n\nc: 3\n',
  );
  expect(edited(apart, { type: 'remove', path: ['c'] })).toBe(
    '# The head.\na: 1\n# Of b.\nb: 2\n\n# Apart.\n\n',
  );
});

test('leaves the heading of a list where it is', () => {
  const text = 'list:\n  # In this order.\n  - a\n  - b\n';
  expect(edited(text, { type: 'move', path: ['list', 0], to: 1 })).toBe(
    'list:\n  # In this order.\n  - b\n  - a\n',
  );
});

test('tells a list or mapping apart from the one that is there', () => {
  const text = 'list:\n  - name: a # one\n    size: 1\n  # two\n  - name: b\n';
  const value = [{ name: 'a', size: 2 }, { name: 'b' }, { name: 'c' }];
  expect(edited(text, { type: 'set', path: ['list'], value })).toBe(
    'list:\n  - name: a # one\n    size: 2\n  # two\n  - name: b\n  - name: c\n',
  );
});

test('writes a text of several lines as a literal block', () => {
  expect(edited('a:\n  b: 1 # why\n', { type: 'set', path: ['a', 'b'], value: 'one\n  two\n' })).toBe(
    'a:\n  b: | # why\n    one\n      two\n',
  );
});

test('writes JSON into JSON, line by line where that is its style', () => {
  const text = '{\n  "links": [\n    {"id": "eno1"}\n  ]\n}\n';
  expect(edited(text, { type: 'set', path: ['links', 1], value: { id: 'eno2', mtu: 9000 } })).toBe(
    '{\n  "links": [\n    {"id": "eno1"},\n    {"id": "eno2", "mtu": 9000}\n  ]\n}\n',
  );
  expect(edited(text, { type: 'set', path: ['services'], value: [] })).toBe(
    '{\n  "links": [\n    {"id": "eno1"}\n  ],\n  "services": []\n}\n',
  );
});

test('fills a document that holds nothing but comments', () => {
  expect(edited('# Site\n', { type: 'set', path: ['spec', 'domain'], value: 'example' })).toBe(
    '# Site\nspec:\n  domain: example\n',
  );
});

test('keeps line ends', () => {
  expect(edited('a: 1\r\nb: 2\r\n', { type: 'set', path: ['c'], value: { d: 3 } })).toBe(
    'a: 1\r\nb: 2\r\nc:\r\n  d: 3\r\n',
  );
});

test('renames a key and refuses a name that is taken', () => {
  expect(change({ type: 'rename', path: ['spec', 'macs', 'eno1'], key: 'eno9' })).toContain(
    '+    eno9: "52:54:00:20:22:01" # left',
  );
  const text = 'a: 1\nb: 2\n';
  expect(edited(text, { type: 'rename', path: ['a'], key: 'b' })).toBe('not-writable');
});

test('refuses what it cannot do rightly', () => {
  expect(edited('a: &x 1\nb: *x\n', { type: 'set', path: ['a'], value: 2 })).toBe('shared-value');
  expect(edited('a: &x {c: 1}\nb: *x\n', { type: 'set', path: ['b', 'c'], value: 2 })).toBe('shared-value');
  expect(edited('a: [1\n', { type: 'set', path: ['b'], value: 2 })).toBe('broken-text');
  expect(edited('a: 1\na: 2\n', { type: 'set', path: ['b'], value: 2 })).toBe('broken-text');
  expect(edited('a: 1\n', { type: 'set', path: ['a', 'b'], value: 2 })).toBe('no-such-place');
  expect(edited('a: [1]\n', { type: 'set', path: ['a', 3], value: 2 })).toBe('no-such-place');
  expect(edited('a: 1\n', { type: 'remove', path: ['b'] })).toBe('no-such-place');
});

test('refuses all of several changes when one is refused', () => {
  const changes: ValueChange[] = [
    { type: 'set', path: ['a'], value: 2 },
    { type: 'remove', path: ['b'] },
  ];
  expect(editValues('a: 1\n', changes)).toEqual({ ok: false, reason: 'no-such-place' });
});

test('answers what the editor replaces, in the text before', () => {
  const text = 'a: 1\nb: 2\n';
  const result = editValues(text, [
    { type: 'set', path: ['a'], value: 10 },
    { type: 'set', path: ['b'], value: 20 },
    { type: 'set', path: ['a'], value: 30 },
  ]);
  expect(result.ok && replacementsAsEdits(text, result.replacements)).toEqual([
    { range: { start: { line: 1, column: 4 }, end: { line: 1, column: 5 } }, oldText: '1', newText: '30' },
    { range: { start: { line: 2, column: 4 }, end: { line: 2, column: 5 } }, oldText: '2', newText: '20' },
  ]);
});

test('composes replacements that touch', () => {
  const first = [{ start: 2, end: 4, newText: 'xyz' }];
  expect(composed(first, [{ start: 3, end: 6, newText: '' }])).toEqual([{ start: 2, end: 5, newText: 'x' }]);
  expect(composed(first, [{ start: 0, end: 1, newText: 'q' }])).toEqual([
    { start: 0, end: 1, newText: 'q' },
    { start: 2, end: 4, newText: 'xyz' },
  ]);
});

test('changes nothing where the value is there already', () => {
  const result = editValue(host, { type: 'set', path: ['spec', 'role'], value: 'worker' });
  expect(result).toEqual({ ok: true, text: host, replacements: [] });
});
