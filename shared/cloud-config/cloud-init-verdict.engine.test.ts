import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { validateText } from '../site/validate-text.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { entryOf, nodeAt, type SourceNode } from '../source/source-node.ts';
import { createSourceText, rangeOf } from '../source/source-text.ts';
import { asPython } from './yaml-1-1.ts';

/** Debian's package as the build's step unpacked it, and Debian's Python, for which the packages of the tests are. */
const folder = process.env.SITEFORGE_CLOUD_INIT_PACKAGE ?? '';
const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

function runPython(program: string, input: string): string {
  const environment = { ...process.env, PYTHONPATH: join(folder, 'usr/lib/python3/dist-packages') };
  const options = { env: environment, input, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  return execFileSync(python, ['-c', program], options);
}

const check = (text: string, name = 'user-data/a.yaml') => validateText(name, text, { as: 'cloud-config' });

test('the package of cloud-init is there', () => {
  expect(folder).not.toBe('');
  expect(existsSync(folder)).toBe(true);
});

/** Every example of the modules' own documentation. */
const examplesProgram = `
import glob, importlib, json, os, sys
import cloudinit.config as config
found = []
for path in sorted(glob.glob(os.path.join(os.path.dirname(config.__file__), 'cc_*.py'))):
    name = os.path.basename(path)[:-3]
    meta = getattr(importlib.import_module('cloudinit.config.' + name), 'meta', None) or {}
    found += [[name + ' ' + str(at + 1), text] for at, text in enumerate(meta.get('examples', []))]
json.dump(found, sys.stdout)
`;

test('finds no error in the examples of the documentation', () => {
  const examples = join(folder, 'usr/share/doc/cloud-init/examples');
  const wrong: string[] = [];
  let count = 0;
  for (const name of readdirSync(examples, { recursive: true, encoding: 'utf8' })) {
    // Prose about the kernel's command line, meta-data and a README: no user-data.
    if (!/\.(txt|gz)$|user-data$/.test(name) || name === 'kernel-cmdline.txt') continue;
    const content = readFileSync(join(examples, name));
    const text = (name.endsWith('.gz') ? gunzipSync(content) : content).toString('utf8');
    wrong.push(...errorsOf(text).map((each) => `${name} ${each}`));
    count++;
  }
  for (const [name, example] of JSON.parse(runPython(examplesProgram, '')) as [string, string][]) {
    const text = example.startsWith('#cloud-config') ? example : `#cloud-config\n${example}`;
    wrong.push(...errorsOf(text).map((each) => `${name} ${each}`));
    count++;
  }
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(140);
});

function errorsOf(text: string): string[] {
  return check(text)
    .filter(({ severity }) => severity === 'error')
    .map(({ range, message }) => `${range.start.line}: ${message}`);
}

/** What `cloud-init schema --config-file` answers, for many texts in one process. */
const verdictProgram = `
import contextlib, io, json, os, sys, tempfile
from cloudinit.config import schema
full = schema.get_schema()
answers = []
for text in json.load(sys.stdin):
    with tempfile.NamedTemporaryFile('wb', suffix='.yaml', delete=False) as file:
        file.write(text.encode())
    printed = io.StringIO()
    errors = []
    try:
        with contextlib.redirect_stdout(printed):
            schema.validate_cloudconfig_file(file.name, full)
    except schema.SchemaValidationError as error:
        errors = [list(problem) for problem in error.schema_errors or []]
    except Exception as error:
        errors = [['', repr(error)]]
    os.unlink(file.name)
    answers.append({'errors': errors, 'printed': printed.getvalue()})
json.dump(answers, sys.stdout)
`;

interface Verdict {
  readonly errors: readonly (readonly [path: string, message: string])[];
  /** Deprecations, as one line. */
  readonly printed: string;
}

const bases: readonly object[] = [
  {
    users: [
      'default',
      { name: 'ops', groups: ['sudo'], shell: '/bin/bash', sudo: 'ALL=(ALL) ALL', uid: 1001 },
    ],
    groups: [{ admins: ['ops'] }, 'cloud'],
  },
  {
    write_files: [
      {
        path: '/etc/a',
        content: 'x',
        owner: 'root:root',
        permissions: '0644',
        encoding: 'text/plain',
        append: false,
      },
    ],
  },
  { runcmd: ['true', ['echo', 'a']], bootcmd: [['sh', '-c', 'true'], 'true'] },
  { ntp: { enabled: true, servers: ['a.example'], pools: ['b.example'], ntp_client: 'chrony' } },
  { chpasswd: { expire: false, users: [{ name: 'a', password: '$6$x$y', type: 'hash' }] }, ssh_pwauth: true },
  { power_state: { mode: 'reboot', delay: 'now', timeout: 30, condition: true, message: 'bye' } },
  {
    packages: ['vim', ['git', '1.0']],
    package_update: true,
    apt: { sources: { a: { source: 'deb x y z' } } },
  },
  { disk_setup: { '/dev/sdb': { table_type: 'gpt', layout: [50, 50], overwrite: false } } },
  { fs_setup: [{ label: 'data', filesystem: 'ext4', device: '/dev/sdb', partition: 'auto' }] },
  { mounts: [['/dev/sdb1', '/data']], swap: { filename: '/swap', size: '1G', maxsize: 1024 } },
  {
    phone_home: { url: 'http://a.example/', post: ['hostname'], tries: 3 },
    growpart: { mode: 'off', devices: ['/'] },
  },
  { hostname: 'a', fqdn: 'a.example', manage_etc_hosts: 'localhost', timezone: 'UTC', locale: 'C.UTF-8' },
  {
    ca_certs: { trusted: ['x'], remove_defaults: false },
    ssh_authorized_keys: ['ssh-ed25519 AAAA'],
    ssh_genkeytypes: ['rsa'],
  },
  {
    keyboard: { layout: 'de' },
    rsyslog: { configs: [{ content: 'a', filename: 'b' }], remotes: { a: '10.0.0.1' } },
  },
  { reporting: { a: { type: 'webhook', endpoint: 'http://a.example', timeout: 3 } }, final_message: 'done' },
];

/** Every value of a document replaced by each of some others, left out, or put under a misspelt key. */
function mutationsOf(value: unknown): unknown[] {
  const others = ['zz', 7, true, null, [], {}, ['a'], { a: 'b' }].filter(
    (other) => JSON.stringify(other) !== JSON.stringify(value),
  );
  if (Array.isArray(value))
    return [
      ...others,
      ...value.flatMap((item, index) => mutationsOf(item).map((other) => value.with(index, other))),
      ...value.map((_item, index) => value.toSpliced(index, 1)),
    ];
  if (typeof value !== 'object' || value === null) return others;
  const record = value as Record<string, unknown>;
  const inner = Object.entries(record).flatMap(([key, held]) => {
    const { [key]: _removed, ...rest } = record;
    return [
      ...mutationsOf(held).map((other) => ({ ...record, [key]: other })),
      rest,
      { ...rest, [`${key}x`]: held },
    ];
  });
  return [...others, ...inner];
}

const mutated = bases.flatMap((base) =>
  Object.entries(base).flatMap(([key, value]) =>
    mutationsOf(value).map(
      (other) => `#cloud-config\n${JSON.stringify({ ...base, [key]: other }, null, 1)}\n`,
    ),
  ),
);

const header = '#cloud-config\n';
/** What JSON cannot say: values that YAML 1.1 reads otherwise, older keys, other forms. */
const handwritten = [
  'write_files:\n- path: /a\n  permissions: 0644\n',
  'write_files:\n- path: /a\n  permissions: 0o644\n',
  'write_files:\n- path: /a\n  permissions: 644\n',
  'write_files:\n- path: /a\n  content: yes\n',
  'write_files:\n- path: /a\n  content: 12:30\n',
  'write_files:\n- path: /a\n  content: !!binary aGVsbG8=\n',
  'users:\n- name: on\n',
  'users:\n- name: a\n  expiredate: 2030-12-31\n',
  "users:\n- name: a\n  expiredate: '2030-12-31'\n",
  "users:\n- name: a\n  expiredate: 'tomorrow'\n",
  'users:\n- name: a\n  lock-passwd: true\n',
  'users:\n- name: a\n  lock_passwd: yes\n',
  'users:\n- name: a\n  uid: "1000"\n',
  'users:\n- name: a\n  sudo: false\n',
  'users:\n- name: a\n  snapuser: a@b.example\n',
  'users:\n- name: a\n  groups: {sudo: null}\n',
  'users:\n- gecos: x\n',
  'users: a,b\n',
  'users: {a: true}\n',
  'runcmd:\n- [chmod, 0644, /a]\n',
  'runcmd:\n- [sleep, 1]\n',
  'runcmd:\n-\n- true\n',
  'runcmd:\n- echo: a\n',
  'runcmd:\n',
  'bootcmd:\n- yes\n',
  'ca-certs:\n  remove-defaults: true\n',
  'apt_update: true\napt_upgrade: on\n',
  'growpart:\n  mode: off\n',
  'ssh_pwauth: yes\n',
  'ssh_pwauth: "yes"\n',
  'ssh_pwauth: maybe\n',
  'manage_etc_hosts: template\n',
  'manage_etc_hosts: sometimes\n',
  'power_state: {mode: reboot, delay: "+5"}\n',
  'power_state: {mode: reboot, delay: 12:30}\n',
  'power_state: {mode: restart}\n',
  'swap: {size: 1.5G}\n',
  'swap: {size: big}\n',
  'mounts:\n- [/dev/sdb, /a, ext4, defaults, 0, 2]\n',
  'mounts:\n- [1, 2, 3, 4, 5, 6, 7]\n',
  'chpasswd: {list: "a:b"}\n',
  'chpasswd: {list: [a]}\n',
  'chpasswd: {users: [{name: a, type: RANDOM}]}\n',
  'chpasswd: {users: [{name: a, type: other, password: b}]}\n',
  'locale: no\n',
  'hostname: 0123\n',
  'hostname: 1_000\n',
  'timezone: 12:30\n',
  'fs_setup:\n- {device: /dev/sdb, filesystem: ext4, partition: 1}\n',
  'ntp: [a]\n',
  'packages: [[a, b, c]]\n',
  'keyboard: {model: pc105}\n',
  'disable_root: "no"\n',
  'byobu_by_default: enable\n',
  'resize_rootfs: noblock\n',
  'ssh_keys: {rsa_private: x, foo: y}\n',
  'landscape: {client: {tags: "a b"}}\n',
  'yum_repos: {a: {name: b}}\n',
  'snap: {commands: [a, [b, c]]}\n',
  'ubuntu_advantage: {enable: a}\n',
  'autoinstall: {}\n',
  'groups: a\n',
  'groups: [1]\n',
  'groups: {}\n',
  '- a\n',
  'a: [\n',
].map((text) => header + text);

/**
 * What we call an error while the schema says nothing: cloud-init then fails or leaves the setting out (each is cited
 * where it is checked). Nothing else may be an error here.
 */
const beyondSchema: readonly RegExp[] = [
  // distro.set_timezone: no such file below /usr/share/zoneinfo.
  /^There is no time zone/,
  // cc_write_files.decode_perms: logged, and the file gets 0644.
  /^Permissions are octal digits/,
  // cc_set_passwords.handle_ssh_pwauth: any text is allowed by the schema, all but a few are left alone.
  /^“ssh_pwauth” must be true or false/,
];

test('reports what cloud-init reports, and no error where it reports none', () => {
  const texts = [...new Set([...mutated, ...handwritten])];
  expect(texts.length).toBeGreaterThan(500);
  const verdicts = JSON.parse(runPython(verdictProgram, JSON.stringify(texts))) as Verdict[];
  const missed: string[] = [];
  const tooMuch: string[] = [];
  for (const [index, { errors, printed }] of verdicts.entries()) {
    const text = texts[index] ?? '';
    const ours = check(text);
    const deprecations = [...printed.matchAll(/([\w./-]+): DEPRECATED/g)].map(([, path]) => path ?? '');
    for (const [path, message] of [...errors, ...deprecations.map((each) => [each, 'DEPRECATED'] as const)])
      if (!isTold(path, text, ours)) missed.push(`${JSON.stringify(text)}: ${path}: ${message}`);
    if (errors.length > 0) continue;
    const extra = ours.filter(
      ({ severity, message }) => severity === 'error' && !beyondSchema.some((each) => each.test(message)),
    );
    tooMuch.push(...extra.map(({ message }) => `${JSON.stringify(text)}: ${message}`));
  }
  expect(missed).toEqual([]);
  expect(tooMuch).toEqual([]);
});

/** Whether something is said where cloud-init found something: at the key, the value, or inside it. */
function isTold(path: string, text: string, ours: readonly Diagnostic[]): boolean {
  const source = createSourceText('user-data/a.yaml', text);
  const root = parseYaml(source, new DiagnosticSink());
  if (root === undefined || path === '' || path.startsWith('format-')) return ours.length > 0;
  const segments = path.split('.');
  const node = nodeAt(root, segments);
  const parent: SourceNode = nodeAt(root, segments.slice(0, -1));
  const key = entryOf(parent, segments.at(-1) ?? '')?.key ?? node;
  const { start } = rangeOf(source, key.span);
  const { end } = rangeOf(source, node.span);
  return ours.some(({ range }) => range.start.line >= start.line && range.start.line <= end.line);
}

const scalarsProgram = `
import datetime, json, sys, yaml
names = {bool: 'boolean', int: 'integer', float: 'number', str: 'string', type(None): 'null'}
answers = []
for text in json.load(sys.stdin):
    try:
        value = yaml.safe_load('a: ' + text)['a']
        answers.append([names.get(type(value), 'date'), None if isinstance(value, float) else str(value)])
    except Exception:
        answers.append(None)
json.dump(answers, sys.stdout)
`;

test('reads plain scalars as PyYAML does', () => {
  const random = randomFrom(7);
  const pick = (all: string) => all[Math.floor(random() * all.length)] ?? '';
  const words =
    'yes no on off y n true false null ~ True NO Off 0x1f 0b10 0o17 017 08 1_0 12:30 190:20:30.15 .5 1. +1 -1 1e3 1.5e+3 .inf -.Inf .NaN 2001-01-01 2001-1-1 = <<'.split(
      ' ',
    );
  const made = Array.from({ length: 3000 }, () =>
    Array.from({ length: 1 + Math.floor(random() * 6) }, () => pick('0123456789:._-+exob')).join(''),
  );
  const texts = [...words, ...made];
  const answers = JSON.parse(runPython(scalarsProgram, JSON.stringify(texts))) as (
    | [string, string | null]
    | null
  )[];
  const wrong: string[] = [];
  let compared = 0;
  for (const [index, answer] of answers.entries()) {
    const text = texts[index] ?? '';
    const root = parseYaml(createSourceText('a.yaml', `a: ${text}`), new DiagnosticSink());
    const node = entryOf(root, 'a')?.value;
    if (answer === null || node?.type !== 'scalar') continue;
    const ours = asPython(node);
    const [type, written] = answer;
    compared++;
    const isLarge = Math.abs(Number(ours.value)) > Number.MAX_SAFE_INTEGER;
    if (ours.type !== type || (written !== null && type === 'integer' && !isLarge && ours.text !== written))
      wrong.push(`${text}: ${ours.type} ${ours.text} instead of ${type} ${written}`);
  }
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(2500);
});

/** Repeatable, so that a failure can be looked at again (a linear congruential generator, Numerical Recipes). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
