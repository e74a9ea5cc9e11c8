import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { networkTargets } from '../network/convert-network.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import type { ScalarNode, SourceNode } from '../source/source-node.ts';
import { createSourceText } from '../source/source-text.ts';
import { convertText } from './convert-text.ts';
import { isNetworkKind, type Kind, kindOfPath } from './document-kinds.ts';
import { validateText } from './validate-text.ts';

/** What every object of JavaScript has, and words as long that no document knows and that are near to none. */
const words = [
  ['constructor', 'cozqvkjxqqz'],
  ['__proto__', '__qxqzj__'],
] as const;

const cloudConfig = `#cloud-config
merge_how: list(append)+dict(recurse_list)+str()
timezone: UTC
users:
  - default
  - {name: ops, groups: [adm], shell: /bin/bash, sudo: 'ALL=(ALL) NOPASSWD:ALL', lock_passwd: true}
groups: [{app: [root]}]
chpasswd: {users: [{name: ops, type: RANDOM}]}
ssh_pwauth: false
packages: [curl, [jq, 1.6-2.1]]
apt: {sources: {a: {source: 'deb http://m.example bookworm main'}}, conf: 'A "b";'}
write_files: [{path: /etc/a, content: aGk=, encoding: b64, owner: 'root:root', permissions: '0644', append: true}]
runcmd: [ls, [cloud-init-per, once, a, ls]]
bootcmd: [ls]
mounts: [[sda1, /mnt, auto, defaults, '0', '2']]
swap: {filename: /swap, size: auto}
disk_setup: {/dev/sdb: {table_type: gpt, layout: true}}
fs_setup: [{label: a, filesystem: ext4, device: /dev/sdb1}]
growpart: {mode: auto, devices: [/]}
ntp: {enabled: true, ntp_client: auto, servers: [a.example]}
power_state: {mode: reboot, delay: now, condition: true}
keyboard: {layout: de}
datasource: {NoCloud: {}}
`;

const isogen = `apiVersion: airshipit.org/v1alpha1
kind: IsoConfiguration
metadata: {name: isogen}
builder: {networkConfigFileName: network-config, userDataFileName: user-data}
isogen: {outputFileName: ephemeral.iso}
container: {image: quay.io/airshipit/image-builder:latest-ubuntu_focal, volume: '/tmp:/config', containerRuntime: docker}
`;

function filesUnder(folder: URL): [string, string][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (path) =>
        /\.(?:ya?ml|json)$/.test(path) && !/p-2|k-[12]|eph-1|simple|control-plane|found-by-mac/.test(path),
    )
    .map((path) => [path, readFileSync(new URL(path, folder), 'utf8')]);
}

const documents: readonly (readonly [string, Kind, string])[] = [
  ...filesUnder(new URL('../../assets/examples/edge-berlin/', import.meta.url)).flatMap(([path, text]) => {
    const kind = kindOfPath(path);
    return kind === undefined || kind === 'cloud-config' ? [] : [[path, kind, text] as const];
  }),
  ...filesUnder(new URL('../network/testing/documents/', import.meta.url)).map(
    ([path, text]) => [path, 'network-config', text] as const,
  ),
  ...filesUnder(new URL('../network/testing/nmstate/', import.meta.url)).map(
    ([path, text]) => [path, 'nmstate', text] as const,
  ),
  ['cloud-config', 'cloud-config', cloudConfig],
  ['isogen', 'isogen', isogen],
];

/** The first of each text: the others stand in like places. */
function distinct(nodes: readonly ScalarNode[]): ScalarNode[] {
  return [...new Map(nodes.toReversed().map((node) => [String(node.value), node])).values()];
}

function scalarsOf(node: SourceNode): ScalarNode[] {
  if (node.type === 'scalar') return [node];
  if (node.type === 'sequence') return node.items.flatMap(scalarsOf);
  return node.entries.flatMap(({ key, value }) => [key, ...scalarsOf(value)]);
}

/** What is told of the one name that no table can hold. */
const noName = 'can be no name';

/** Where something is found, and what the text is converted into: without the word, and what only follows from its letters. */
function answerTo(kind: Kind, text: string, word: string): string {
  const found = validateText('a.yaml', text, { as: kind });
  const isWrong = found.some(({ severity }) => severity === 'error');
  const results =
    isNetworkKind(kind) && !isWrong
      ? networkTargets.map((to) => convertText('a.yaml', text, { to, from: kind }).result)
      : [];
  for (const { message } of found) expect(message).not.toMatch(/native code|\[object/);
  const said = found.map(
    ({ range: { start }, severity, code, message }) =>
      `${start.line}:${start.column} ${severity} ${code}${message.includes(noName) ? noName : ''}`,
  );
  return JSON.stringify({ said, results }, undefined, 1)
    .replaceAll(word, 'WORD')
    .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, 'UUID');
}

describe('names that every object of JavaScript has are names like others', () => {
  test.each(documents)(
    'in %s',
    (_path, kind, text) => {
      const root = parseYaml(createSourceText('a.yaml', text), new DiagnosticSink());
      const different = distinct(root === undefined ? [] : scalarsOf(root)).flatMap(({ span }) => {
        const put = (word: string) => text.slice(0, span.start) + word + text.slice(span.end);
        return words.flatMap(([ofObjects, other]) => {
          const [one, expected] = [
            answerTo(kind, put(ofObjects), ofObjects),
            answerTo(kind, put(other), other),
          ];
          return one === expected || one.includes(noName)
            ? []
            : [{ text: put(ofObjects).slice(Math.max(0, span.start - 60), span.end + 30), one, expected }];
        });
      });
      expect(different).toEqual([]);
    },
    60_000,
  );
});
