import type { Kind } from '../document-kinds.ts';

/** A text that nobody wrote on purpose, with the kind that it is read as. */
export interface HostileDocument {
  readonly kind: Kind;
  readonly text: string;
  /** How it came about, for whoever has to find out why it fails. */
  readonly how: string;
}

/** Numbers from 0 up to but not including 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Choose = <Value>(values: readonly Value[]) => Value;
type Mutation = (text: string, choose: Choose, below: (most: number) => number) => string;

const pieces = [
  ...[
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    ': ',
    '- ',
    '#',
    '&a ',
    '*a',
    '|',
    '>-',
    '? ',
    '!!binary ',
    '<<: *a',
    '%',
    '@',
  ],
  ...[
    '\t',
    '\r',
    '\n',
    '\r\n',
    '\n\n',
    '\u0085',
    '\u2028',
    '\uFEFF',
    '\u0000',
    '\u001b[31m',
    '\u202e',
    '\u200b',
  ],
  ...['\ud800', '\udfff', '\u{1f600}', 'e\u0301', '\u00a0', '“', '０', 'ı', '\uFFFD', '\uFFFF'],
  ...[
    '9'.repeat(400),
    '-0',
    '0x1F',
    '1e999',
    '-.inf',
    '.nan',
    '0o17',
    '12:30:45',
    '2030-12-31',
    '1_000',
    'yes',
    '~',
  ],
  ...['((var.', '((mac.eno1))', '((secret.a))', '((host.name))', '))', '__proto__: 1', 'constructor', 'null'],
  ...[
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '## template: jinja\n',
    '{{ ',
    '{% if a %}',
    '#include\n',
    'version: 2\n',
  ],
];

function replaceLine(
  text: string,
  below: (most: number) => number,
  change: (line: string) => string,
): string {
  const lines = text.split('\n');
  const at = below(lines.length);
  return lines.with(at, change(lines[at] ?? '')).join('\n');
}

const mutations: Readonly<Record<string, Mutation>> = {
  'a piece put in': (text, choose, below) => {
    const at = below(text.length + 1);
    return text.slice(0, at) + choose(pieces) + text.slice(at);
  },
  'characters taken out': (text, _choose, below) => {
    const at = below(text.length + 1);
    return text.slice(0, at) + text.slice(at + 1 + below(4));
  },
  'two characters swapped': (text, _choose, below) => {
    const at = below(text.length + 1);
    return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2);
  },
  'a line indented': (text, _choose, below) =>
    replaceLine(text, below, (line) => ' '.repeat(1 + below(4)) + line),
  'a line moved left': (text, _choose, below) =>
    replaceLine(text, below, (line) => line.replace(/^ {1,3}/, '')),
  'a line indented by tabs': (text, _choose, below) =>
    replaceLine(text, below, (line) => line.replace(/^ */, '\t')),
  'a line twice': (text, _choose, below) => replaceLine(text, below, (line) => `${line}\n${line}`),
  'a line taken out': (text, _choose, below) => {
    const lines = text.split('\n');
    return lines.toSpliced(below(lines.length), 1).join('\n');
  },
  'a value replaced': (text, choose, below) =>
    replaceLine(text, below, (line) => line.replace(/:.*/, () => `: ${choose(pieces)}`)),
  'a value taken out': (text, _choose, below) => replaceLine(text, below, (line) => line.replace(/:.*/, ':')),
  'a key replaced': (text, choose, below) =>
    replaceLine(text, below, (line) => line.replace(/[\w-]+:/, () => `${choose(pieces)}:`)),
  'a part twice': (text, _choose, below) => {
    const at = below(text.length + 1);
    const part = text.slice(at, at + below(400));
    const to = below(text.length + 1);
    return text.slice(0, to) + part + text.slice(to);
  },
  'the end cut off': (text, _choose, below) => text.slice(0, below(text.length + 1)),
  'line ends mixed': (text, choose) => text.replaceAll('\n', () => choose(['\n', '\n', '\r\n', '\r'])),
};

const names = Object.keys(mutations);

/** The same texts for the same seed: real documents, each changed in one to six ways. */
export function* mutatedDocuments(
  documents: readonly (readonly [kind: Kind, text: string])[],
  count: number,
  seed: number,
): Generator<HostileDocument> {
  const random = randomFrom(seed);
  const below = (most: number) => Math.floor(random() * most);
  const choose: Choose = (values) => values[below(values.length)] as (typeof values)[number];
  for (let number = 0; number < count; number++) {
    const [kind, original] = choose(documents);
    let text = original;
    const done: string[] = [];
    for (let times = 1 + below(6); times > 0; times--) {
      const name = choose(names);
      text = mutations[name]?.(text, choose, below) ?? text;
      done.push(name);
    }
    yield { kind, text, how: `seed ${seed}, number ${number}: ${done.join(', ')}` };
  }
}

const size = 100_000;
const filled = (piece: string) => piece.repeat(Math.ceil(size / piece.length));
const nested = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);
const stairs = (line: string, depth: number) =>
  Array.from({ length: depth }, (_, level) => ' '.repeat(level) + line).join('\n');

/** Anchors each of which is ten of the one before. */
function bomb(levels: number, list: (name: string) => string): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level <= levels; level++) lines.push(`a${level}: &a${level} ${list(`*a${level - 1}`)}`);
  return `${lines.join('\n')}\n`;
}

function numbered(count: number, line: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => line(n)).join('\n');
}

/** Texts of about 100,000 characters that are made to be slow, or to end in recursion. */
export const slowTexts: Readonly<Record<string, string>> = {
  'a bomb of lists': bomb(30, (name) => `[${Array(10).fill(name).join(', ')}]`),
  'a bomb of mappings': bomb(
    30,
    (name) => `{${[...'abcdefghij'].map((key) => `${key}: ${name}`).join(', ')}}`,
  ),
  'a bomb of merge keys': bomb(30, (name) => `{<<: [${Array(10).fill(`{b: ${name}}`).join(', ')}]}`),
  'an alias of itself': `a: &a\n  b: *a\n${filled('c: *a\n')}`,
  'many aliases of a large list': `a: &a [${'x, '.repeat(5000)}]\n${Array.from({ length: 5000 }, (_, n) => `b${n}: *a`).join('\n')}\n`,
  'anchors alone': Array.from({ length: 8000 }, (_, n) => `a${n}: &a${n} 1`).join('\n'),
  'files that commands start': `#cloud-config\nwrite_files:\n${numbered(2000, (n) => `- {path: /o/${n}}`)}\nruncmd:\n${numbered(2000, (n) => `- chmod +x /p/${n}a\n- /o/${n}`)}\n`,
  'commands about units beside files of units': `#cloud-config\nwrite_files:\n${numbered(2000, (n) => `- {path: /etc/systemd/system/u${n}.service}`)}\nruncmd:\n${numbered(2000, (n) => `- systemctl enable v${n}`)}\n`,
  'open brackets': '['.repeat(size),
  'open braces': '{'.repeat(size),
  'brackets in brackets': nested('[', ']', size / 2),
  'braces in braces': nested('{a: ', '}', size / 5),
  'brackets as deep as is read': `a: ${nested('[', ']', 200)}`,
  'dashes in dashes': `${'- '.repeat(size / 2)}a`,
  'keys in keys': stairs('a:', 440),
  'explicit keys in keys': '? '.repeat(size / 2),
  'tags and anchors': filled('!!str &a '),
  'one number': `version: ${'9'.repeat(size)}`,
  'one hexadecimal number': `version: 0x${'f'.repeat(size)}`,
  'one sexagesimal number': `a: 1${filled(':59')}`,
  'one fraction': `a: 1.${'0'.repeat(size)}1e-${'9'.repeat(50)}`,
  'one word': 'a'.repeat(size),
  'one key': `${'a'.repeat(size)}: 1`,
  'one quoted text': `a: "${filled('\\u0041')}"`,
  'one open quote': `a: "${filled('b\n')}`,
  'one open apostrophe': `a: '${filled('b: c\n')}`,
  'quotes that open and close': filled('"\''),
  'blanks alone': ' '.repeat(size),
  'blanks before a key': `${' '.repeat(size)}a: 1`,
  'blanks behind a value': `a: 1${' '.repeat(size)}\nb: 2`,
  'tabs alone': filled('\t\n'),
  'carriage returns alone': filled('a: 1\r'),
  'commas alone': `[${','.repeat(size)}]`,
  'colons alone': ':'.repeat(size),
  'hashes alone': filled('#'),
  'comments alone': filled('# a\n'),
  'one key many times': filled('a: 1\n'),
  'many keys': Array.from({ length: 9000 }, (_, n) => `key${n}: 1`).join('\n'),
  'many keys on one line': `{${Array.from({ length: 9000 }, (_, n) => `key${n}: 1`).join(', ')}}`,
  'unknown keys of apt': `#cloud-config\napt: {${Array.from({ length: 9000 }, (_, n) => `key${n}: 1`).join(', ')}}`,
  'options of modules': `spec:\n  kernel:\n    modules:\n      options: {${Array.from({ length: 9000 }, (_, n) => `key${n}: 1`).join(', ')}}`,
  'routes of a link': `version: 2\nethernets:\n  a:\n    routes:\n${numbered(2000, (n) => `    - {to: 10.1.${n >> 8}.${n & 255}/32, via: 10.0.0.1}`)}\n`,
  'many errors': filled('a: [\n'),
  'many wrong lines': filled('a: b: c\n'),
  'many documents': filled('---\na: 1\n'),
  'directives alone': filled('%YAML 1.2\n'),
  'references alone': `a: ${filled('((var.a))')}`,
  'open references': `a: ${filled('((')}`,
  'merge keys alone': filled('<<: {a: 1}\n'),
  'block headers alone': filled('a: |\n'),
  'a block of many lines': `a: |\n${filled('  b\n')}`,
  'folded lines': `a: >\n${filled('  b\n\n   c\n')}`,
  'unpaired surrogates': filled('\ud800'),
  'marks of direction': filled('\u202e\u202d'),
  'combining marks': `a${filled('\u0301')}: 1`,
  'separators of lines': filled('a: 1\u2028\u0085'),
  zeros: '\u0000'.repeat(size),
  templates: `## template: jinja\n#cloud-config\n${filled('{% if a %}{{ b }}')}`,
  'open templates': `## template: jinja\n#cloud-config\n${filled('{{')}`,
  includes: `#include\n${filled('http://a.example/b\n')}`,
  parts: `Content-Type: multipart/mixed; boundary="b"\nMIME-Version: 1.0\n\n${filled('--b\nContent-Type: text/cloud-config\n\na: 1\n')}`,
  'an archive': `#cloud-config-archive\n${filled('- {type: text/cloud-config, content: "a: [1"}\n')}`,
  users: `#cloud-config\nusers:\n${filled('- {name: a, passwd: b}\n')}`,
  files: `#cloud-config\nwrite_files:\n${filled('- {path: /a, content: b}\n')}`,
  commands: `#cloud-config\nruncmd:\n${filled('- modprobe overlay\n')}`,
  'commands in brackets': `#cloud-config\nruncmd: [${filled('sysctl -w vm.swappiness=1, ')}ls]`,
  'commands of one line': `#cloud-config\nruncmd:\n- ${filled('modprobe overlay && ')}ls`,
  'here-documents of settings': `#cloud-config\nruncmd:\n- |\n${filled('  cat > /etc/sysctl.d/a.conf <<EOF\n  vm.swappiness=1\n  EOF\n')}`,
  'services of packages': `#cloud-config\nruncmd:\n${numbered(3000, (n) => `- systemctl enable chrony u${n}`)}\n`,
  'quotes of a shell': `#cloud-config\nruncmd:\n- |\n  echo ${filled('\\"')}`,
  'files of settings': `#cloud-config\nwrite_files:\n${filled('- {path: /etc/sysctl.d/a.conf, content: "vm.swappiness=1"}\n')}`,
  'sources of packages': `#cloud-config\napt:\n  sources:\n${Array.from({ length: 1500 }, (_, n) => `    s${n}: {source: deb http://a.example/d${n} bookworm main}`).join('\n')}`,
  'a script': `apiVersion: siteforge/v1\nkind: HostProfile\nmetadata: {name: a}\nspec:\n  scripts:\n    - name: a\n      content: |\n        #!/bin/sh\n${filled('        sysctl -w vm.swappiness=1\n')}`,
  'a time of the kubelet': `apiVersion: siteforge/v1\nkind: HostProfile\nmetadata: {name: a}\nspec:\n  kubernetes: {kubeletArguments: {sync-frequency: ${filled('0')}x}}`,
  'a rule of sudo': `#cloud-config\nusers: [{name: a, sudo: "${filled('=(')}"}]`,
  'links of one name': `version: 2\nethernets:\n${filled('  a: {addresses: [10.0.0.1/8]}\n')}`,
  links: `version: 2\nvlans:\n${Array.from({ length: 3000 }, (_, n) => `  v${n}: {id: ${n}, link: v${n + 1}}`).join('\n')}`,
  'links in a ring': `version: 2\nbonds:\n${Array.from({ length: 3000 }, (_, n) => `  b${n}: {interfaces: [b${(n + 1) % 3000}]}`).join('\n')}`,
  interfaces: `interfaces:\n${Array.from({ length: 2500 }, (_, n) => `- {name: e${n}, type: bond, x: {}}`).join('\n')}`,
  'old links': `version: 1\nconfig:\n${Array.from({ length: 2500 }, (_, n) => `- {type: vlan, name: v${n}, vlan_id: ${n}}`).join('\n')}`,
  partitions: `apiVersion: siteforge/v1\nkind: HostProfile\nmetadata: {name: a}\nspec:\n  partitions:\n    entries:\n${filled('      - {name: a, size: 10g}\n')}`,
  sysctls: `apiVersion: siteforge/v1\nkind: HostProfile\nmetadata: {name: a}\nspec:\n  sysctl:\n${Array.from({ length: 4000 }, (_, n) => `    net.a${n}: 1`).join('\n')}`,
  packages: `apiVersion: siteforge/v1\nkind: HostProfile\nmetadata: {name: a}\nspec:\n  packages:\n    install:\n${Array.from({ length: 1990 }, (_, n) => `      - package-${n}`).join('\n')}`,
};
