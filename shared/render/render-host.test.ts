import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { siteSchema } from '../schema/site.ts';
import { createSiteAnalyser } from '../site/analyser.ts';
import { type RenderedHost, renderHost } from './render-host.ts';

const example = new URL('../../assets/examples/edge-berlin/', import.meta.url);
const paths = readdirSync(example, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.yaml'),
);
const exampleSite = new Map(paths.map((path) => [path, readFileSync(new URL(path, example), 'utf8')]));

function analyse(changes: Readonly<Record<string, (text: string) => string>> = {}) {
  const analyser = createSiteAnalyser();
  for (const [path, text] of exampleSite) analyser.update(path, changes[path]?.(text) ?? text);
  return analyser.analyse();
}

function rendered(name: string, changes: Parameters<typeof analyse>[0] = {}): RenderedHost {
  const host = renderHost(analyse(changes), name);
  if (host === undefined) throw new Error(`no host ${name}`);
  return host;
}

interface CloudConfig {
  readonly timezone?: string;
  readonly ntp?: unknown;
  readonly users?: readonly unknown[];
  readonly ca_certs?: unknown;
  readonly apt?: unknown;
  readonly write_files?: readonly object[];
}

const userData = (host: RenderedHost) => parse(host.userData) as CloudConfig;

test.each(['cp-1', 'cp-2', 'eph-1', 'wk-1', 'wk-2'])('renders %s of the example', async (name) => {
  const host = rendered(name);
  await expect(host.userData).toMatchFileSnapshot(`golden/${name}/user-data`);
  await expect(host.networkConfig).toMatchFileSnapshot(`golden/${name}/network-config`);
  await expect(host.metaData).toMatchFileSnapshot(`golden/${name}/meta-data`);
  expect(host.vendorData).toBe('#cloud-config\n{}\n');
  expect(host.kernelArguments).toEqual(name === 'wk-2' ? ['pcie_aspm=off'] : []);
});

test('knows no host of another name', () => {
  expect(renderHost(analyse(), 'wk-9')).toBeUndefined();
});

test('gives another instance id when an address changes, and the same when a comment does', () => {
  const before = rendered('wk-1').metaData;
  expect(rendered('wk-1', { 'hosts/wk-1.yaml': (text) => `${text}# x\n` }).metaData).toBe(before);
  const moved = (text: string) => text.replace('10.20.0.21', '10.20.0.29');
  expect(rendered('wk-1', { 'hosts/wk-1.yaml': moved }).metaData).not.toBe(before);
});

test('lets a fragment decide over the site', () => {
  const fragment = (text: string) => `${text}\ntimezone: UTC\nntp: {enabled: false}\n`;
  const config = userData(rendered('wk-1', { 'user-data/base.yaml': fragment }));
  expect(config.timezone).toBe('UTC');
  expect(config.ntp).toEqual({ enabled: false });
});

test.each([
  ['a list', 'users: [default, {name: ops, gecos: Ops}]', ['default', { name: 'ops', gecos: 'Ops' }]],
  ['a text', 'users: ops, dev', ['ops', 'dev']],
  ['a mapping', 'users: {ops: {gecos: Ops}}', [{ name: 'ops', gecos: 'Ops' }]],
])('adds the administrator to users written as %s', (_form, written, expected) => {
  const config = userData(rendered('wk-1', { 'user-data/base.yaml': (text) => `${text}\n${written}\n` }));
  const users = config.users ?? [];
  expect(users.slice(0, -1)).toEqual(expected);
  expect(users.at(-1)).toMatchObject({
    name: 'admin',
    ssh_authorized_keys: [expect.any(String), expect.any(String)],
  });
});

test('keeps an administrator that a fragment writes and adds only missing keys', () => {
  const written = (keys: string) => (text: string) =>
    `${text}\nusers: [{name: admin, shell: /bin/sh${keys}}]\n`;
  const [completed] = userData(rendered('wk-1', { 'user-data/base.yaml': written('') })).users ?? [];
  expect(completed).toEqual({
    name: 'admin',
    shell: '/bin/sh',
    ssh_authorized_keys: [expect.any(String), expect.any(String)],
  });
  const closed = userData(rendered('wk-1', { 'user-data/base.yaml': written(', ssh_authorized_keys: []') }));
  expect(closed.users).toEqual([{ name: 'admin', shell: '/bin/sh', ssh_authorized_keys: [] }]);
});

test('adds the authorities of the site to those of a fragment, in either spelling', () => {
  for (const key of ['ca_certs', 'ca-certs']) {
    const config = userData(
      rendered('wk-1', { 'user-data/base.yaml': (text) => `${text}\n${key}: {trusted: [own]}\n` }),
    );
    expect(config.ca_certs).toEqual({ trusted: ['own', expect.stringContaining('BEGIN CERTIFICATE')] });
    expect(config).not.toHaveProperty('ca-certs');
  }
});

test('makes no account when the site names no administrator', () => {
  const bare = (text: string) => text.replace(/ {2}adminUser:[\s\S]*/, '');
  expect(userData(rendered('wk-1', { 'site.yaml': bare }))).not.toHaveProperty('users');
});

test('fills in the same administrator as the schema', () => {
  const bare = (text: string) => text.replace(/ {2}adminUser:[\s\S]*?\n\n/, '  adminUser: {}\n\n');
  const analysis = analyse({ 'site.yaml': bare });
  const document = analysis.documents.find(({ kind }) => kind === 'site');
  expect(analysis.settings.adminUser).toEqual(siteSchema.parse(document?.site).spec.adminUser);
});

test('stamps proxies for apt and for shells', () => {
  const proxies = (text: string) =>
    text.replace(
      'spec:\n',
      "spec:\n  proxies: {http: 'http://proxy.edge.example:3128', noProxy: [.edge.example]}\n",
    );
  const config = userData(rendered('wk-1', { 'site.yaml': proxies }));
  expect(config.apt).toEqual({
    preserve_sources_list: true,
    http_proxy: 'http://proxy.edge.example:3128',
  });
  expect(config.write_files?.at(-1)).toMatchObject({
    path: '/etc/profile.d/site-proxy.sh',
    content: expect.stringContaining("export no_proxy='.edge.example'"),
  });
});

test('gives the name servers of the site to the link with the default route, unless the network names its own', () => {
  const without = (text: string) => text.replace(/ {4}nameservers:\n.*\n.*\n/, '');
  const links = rendered('wk-1', { 'networks/bonded.yaml': without }).network.links;
  expect(
    links.filter(({ nameServers }) => nameServers.length > 0).map(({ id, nameServers }) => [id, nameServers]),
  ).toEqual([['bond0.100', ['10.20.0.1', '10.20.0.2']]]);
  const own = (text: string) => text.replace('addresses: [10.20.0.1, 10.20.0.2]', 'addresses: [10.20.0.9]');
  expect(rendered('wk-1', { 'networks/bonded.yaml': own }).network.nameServers).toEqual(['10.20.0.9']);
});

test('leaves no merge setting in the single document', () => {
  const both = (text: string) => text.replace('merge_how:', 'merge_type: list()\nmerge_how:');
  const config = userData(rendered('wk-1', { 'user-data/base.yaml': both }));
  expect(Object.keys(config).filter((key) => key.startsWith('merge'))).toEqual([]);
});
