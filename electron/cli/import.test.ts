import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importSite } from './import.ts';
import { runCommand } from './run-command.test-support.ts';

const validSet = `apiVersion: v1
kind: Secret
metadata: {name: eph-bmc}
stringData: {username: admin, password: secret}
---
apiVersion: v1
kind: Secret
metadata:
  name: isogen-userdata
  labels: {airshipit.org/ephemeral-user-data: "true"}
stringData:
  userData: |
    #cloud-config
    package_update: false
---
apiVersion: v1
kind: Secret
metadata: {name: eph-network}
stringData:
  networkData: |
    links: []
    networks: []
---
apiVersion: metal3.io/v1alpha1
kind: BareMetalHost
metadata:
  name: eph-1
  labels: {airshipit.org/ephemeral-node: "true"}
spec:
  bootMACAddress: 52:54:00:20:10:01
  bmc: {address: ipmi://10.10.0.10, credentialsName: eph-bmc}
  networkData:
    name: eph-network
`;

let folder: string;
let source: string;
let out: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siteforge-cli-import-'));
  source = join(folder, 'set.yaml');
  out = join(folder, 'hall');
  await writeFile(source, validSet);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const run = (...parameters: string[]) => runCommand(importSite, ...parameters);

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

test('writes a site, and its secrets for the owner alone', async () => {
  const { status, error } = await run('airship', source, '--out', out);
  expect([status, error]).toEqual([
    0,
    `${source}: no problems\n1 host, 1 network, 1 user-data fragment, 1 secret written to ${out}\n`,
  ]);
  expect((await readdir(out)).sort()).toEqual(
    ['.gitignore', 'hosts', 'networks', 'profiles', 'secrets', 'site.yaml', 'user-data'].sort(),
  );
  expect(await readFile(join(out, '.gitignore'), 'utf8')).toContain('\nsecrets/\n');
  expect(await modeOf(join(out, 'secrets'))).toBe('700');
  expect(await modeOf(join(out, 'secrets/eph-bmc'))).toBe('600');
  expect((await readdir(folder)).sort()).toEqual(['hall', 'set.yaml']);
});

test('takes an empty folder, and refuses any other', async () => {
  await mkdir(out);
  expect((await run('airship', source, '--out', out)).status).toBe(0);
  expect((await run('airship', source, '--out', out)).code).toBe('folder-not-empty');
  expect((await run('airship', source, '--out', source)).code).toBe('folder-not-empty');
  expect(await readFile(source, 'utf8')).toBe(validSet);
});

test('writes nothing where there are errors, unless it is told to go on', async () => {
  await writeFile(source, validSet.replace('    name: eph-network', '    name: gone'));
  const { status, error } = await run('airship', source, '--out', out);
  expect(status).toBe(1);
  expect(error).toContain(`${source}:33:11 error reference-unknown There is no Secret gone`);
  await expect(stat(out)).rejects.toThrow();
  const goneOn = await run('airship', source, '--out', out, '--keep-going', '--json');
  expect(goneOn.status).toBe(1);
  expect(JSON.parse(goneOn.out)).toMatchObject({
    site: out,
    files: expect.arrayContaining(['hosts/eph-1.yaml']),
    diagnostics: expect.arrayContaining([
      expect.objectContaining({ file: source, code: 'reference-unknown' }),
    ]),
  });
});

test('reads a folder without following links, and names files as they lie in it', async () => {
  const set = join(folder, 'set');
  await mkdir(join(set, 'node01'), { recursive: true });
  await writeFile(join(set, 'node01/all.yaml'), `${validSet}---\na: 1\n`);
  await symlink('/etc/passwd', join(set, 'node01/passwd.yaml'));
  const { error } = await run('airship', set, '--out', out);
  expect(error).toContain(`${join(set, 'node01/all.yaml')}:35:1 error document-kind`);
  expect(error).not.toContain('passwd');
});

test('says what it cannot read', async () => {
  expect((await run('airship', join(folder, 'none.yaml'), '--out', out)).code).toBe('file-not-found');
  expect((await run('netbox', source, '--out', out)).code).toBe('usage');
  expect((await run('airship', source)).code).toBe('usage');
  expect((await run('airship', '--out', out)).code).toBe('usage');
});

test.runIf(process.getuid?.() !== 0)('says that it may not write', async () => {
  await chmod(folder, 0o500);
  expect((await run('airship', source, '--out', out)).code).toBe('file-not-writable');
  await chmod(folder, 0o700);
});

const network = 'network:\n  version: 2\n  ethernets: {eno1: {dhcp4: true}}\n';

test('makes a host of each file of a network', async () => {
  const nodes = join(folder, 'nodes');
  await mkdir(nodes);
  await writeFile(join(nodes, 'wk-1.yaml'), 'interfaces: [{name: eno1, type: ethernet, state: up}]\n');
  await writeFile(join(nodes, 'wk-2.yaml'), 'interfaces: [{name: eno1, type: ethernet, state: upp}]\n');
  const broken = await run('nmstate', nodes, '--out', out);
  expect(broken.status).toBe(1);
  expect(broken.error).toContain(`${join(nodes, 'wk-2.yaml')}:1:`);
  await rm(join(nodes, 'wk-2.yaml'));
  expect((await run('nmstate', nodes, '--out', out)).status).toBe(0);
  expect(await readdir(join(out, 'hosts'))).toEqual(['wk-1.yaml']);
  await mkdir(join(nodes, 'cp-1'));
  await writeFile(
    join(nodes, 'cp-1/network.yaml'),
    'interfaces: [{name: eno1, type: ethernet, state: up}]\n',
  );
  await mkdir(join(nodes, 'old/wk-1'), { recursive: true });
  await writeFile(join(nodes, 'old/wk-1/network.yaml'), 'interfaces: []\n');
  const below = await run('nmstate', nodes, '--out', join(folder, 'd'));
  expect(below.error).toContain(`${join(nodes, 'old/wk-1/network.yaml')}:1:1 warning import-left-out`);
  expect(await readdir(join(folder, 'd/hosts'))).toEqual(['cp-1.yaml', 'wk-1.yaml']);
  const [one, two] = [join(folder, 'wk-3.yaml'), join(folder, 'wk-4.yaml')];
  await writeFile(one, network);
  await writeFile(two, network);
  expect((await run('netplan', one, two, '--out', join(folder, 'b'))).status).toBe(0);
  expect(await readdir(join(folder, 'b/hosts'))).toEqual(['wk-3.yaml', 'wk-4.yaml']);
  const data = join(folder, 'network_data.json');
  await writeFile(data, '{\n\t"links": [], "networks": [], "services": []\n}\n');
  expect((await run('network-data', data, '--out', join(folder, 'c'))).code).toBe('usage');
  expect((await run('network-data', data, '--host', 'wk-5', '--out', join(folder, 'c'))).status).toBe(0);
  expect(await readdir(join(folder, 'c/networks'))).toEqual(['wk-5.yaml']);
});

test('takes a folder of network_data in, as it is exported', async () => {
  const exported = join(folder, 'exported');
  await mkdir(exported);
  for (const host of ['cp-1', 'wk-1'])
    await writeFile(join(exported, `${host}.json`), '{"links": [], "networks": [], "services": []}\n');
  const out = join(folder, 'taken');
  expect((await run('network-data', exported, '--host', 'cp-1', '--out', out)).code).toBe('usage');
  expect((await run('network-data', exported, '--out', out)).status).toBe(0);
  expect(await readdir(join(out, 'hosts'))).toEqual(['cp-1.yaml', 'wk-1.yaml']);
});

test('makes one host of the files of a netplan folder', async () => {
  const netplan = join(folder, 'web-1/etc/netplan');
  await mkdir(netplan, { recursive: true });
  await writeFile(join(netplan, '50-cloud-init.yaml'), network);
  await writeFile(join(netplan, '90-local.yaml'), 'network:\n  ethernets: {eno1: {mtuu: 9000}}\n');
  await writeFile(join(netplan, '50-cloud-init.yaml.bak'), network);
  const broken = await run('netplan', netplan, '--out', out);
  expect(broken.error).toContain(`${join(netplan, '90-local.yaml')}:2:22 error key-unknown`);
  expect(broken.error).toContain(`${join(netplan, '50-cloud-init.yaml.bak')}:1:1 warning import-left-out`);
  await writeFile(join(netplan, '90-local.yaml'), 'network:\n  ethernets: {eno1: {mtu: 9000}}\n');
  expect((await run('netplan', netplan, '--out', out)).status).toBe(0);
  expect(await readdir(join(out, 'hosts'))).toEqual(['web-1.yaml']);
  const files = ['50-cloud-init.yaml', '90-local.yaml'].map((name) => join(netplan, name));
  expect((await run('netplan', ...files, '--host', 'db-1', '--out', join(folder, 'b'))).status).toBe(0);
  expect(await readdir(join(folder, 'b/hosts'))).toEqual(['db-1.yaml']);
});
