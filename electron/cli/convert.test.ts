import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findPlaces } from '../core/places.ts';
import { convert } from './convert.ts';
import { render } from './render.ts';
import { runCommand } from './run-command.test-support.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siteforge-cli-convert-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const v1 =
  'version: 1\nconfig:\n- {type: physical, name: eth0, subnets: [{type: static, address: 192.0.2.5/24, gateway: 192.0.2.1, control: manual}]}\n';

describe('siteforge convert', () => {
  test('writes the result to standard output and what is lost to standard error', async () => {
    const path = await file('net.yaml', v1);
    const { status, out, error } = await runCommand(convert, path, '--to', 'network-config-v2');
    expect(status).toBe(0);
    expect(out).toBe(
      'version: 2\nethernets:\n  eth0:\n    addresses:\n      - 192.0.2.5/24\n    routes:\n      - to: 0.0.0.0/0\n        via: 192.0.2.1\n',
    );
    expect(error).toMatch(/^\S+net\.yaml:3:\d+ warning network-unsupported .*control.*\n$/);
  });

  test('takes network_data with tabs, and gives it back as JSON', async () => {
    const data =
      '{\n\t"links": [{"id": "a", "name": "eth0", "type": "phy"}],\n\t"networks": [{"id": "n", "link": "a", "type": "ipv4_dhcp"}]\n}\n';
    const path = await file('network_data.json', data);
    const there = await runCommand(convert, path, '--to', 'nmstate', '--out', join(folder, 'state.yaml'));
    expect(there).toMatchObject({ status: 0, out: '' });
    const back = await runCommand(convert, join(folder, 'state.yaml'), '--to', 'network-data', '--json');
    const { text, diagnostics, to } = JSON.parse(back.out);
    expect([back.status, to, back.error, diagnostics]).toEqual([0, 'network-data', '', expect.any(Array)]);
    expect(JSON.parse(text)).toMatchObject({
      links: [{ name: 'eth0', type: 'phy' }],
      networks: [{ type: 'ipv4_dhcp' }],
    });
  });

  test('writes keyfiles that only their owner may read', async () => {
    const path = await file('net.yaml', v1);
    const out = join(folder, 'connections');
    expect((await runCommand(convert, path, '--to', 'keyfiles', '--out', out)).status).toBe(0);
    const names = await readdir(out);
    expect(names).toHaveLength(1);
    const keyfile = join(out, names[0] ?? '');
    expect((await stat(keyfile)).mode & 0o777).toBe(0o600);
    expect(await readFile(keyfile, 'utf8')).toContain('192.0.2.5/24');
    const { files } = JSON.parse((await runCommand(convert, path, '--to', 'keyfiles', '--json')).out);
    expect(files).toEqual([{ name: names[0], text: await readFile(keyfile, 'utf8') }]);
  });

  test('writes nothing of a document with errors', async () => {
    const path = await file('net.yaml', v1.replace('192.0.2.5', '192.0.2.555'));
    const out = join(folder, 'out.yaml');
    const {
      status,
      out: told,
      error,
    } = await runCommand(convert, path, '--to', 'network-config-v2', '--out', out);
    expect([status, told]).toEqual([1, '']);
    expect(error).toMatch(/net\.yaml:3:\d+ error network-address /);
    expect(await readdir(folder)).toEqual(['net.yaml']);
    const json = JSON.parse((await runCommand(convert, path, '--to', 'network-config-v2', '--json')).out);
    expect(json.text).toBeUndefined();
    expect(json.diagnostics[0]).toMatchObject({ severity: 'error', code: 'network-address' });
  });

  test('says that references are filled in by a site', async () => {
    const path = await file('net.yaml', v1.replace('192.0.2.5/24', '((var.address))/24'));
    const { status, error } = await runCommand(convert, path, '--to', 'network-config-v2');
    expect(status).toBe(1);
    expect(error).toMatch(/:3:66 error variable-unknown .*render SITE --host NAME/);
  });

  test('says what to do when it is refused, and how much is lost when it is not', async () => {
    const wrong = await file('wrong.yaml', 'version: 2\nethernets:\n  eth0: {mtu: 1, addresses: [x]}\n');
    expect((await runCommand(convert, wrong, '--to', 'nmstate')).error).toMatch(
      /nothing was written\. Mend those \d errors and convert again: what nmstate cannot say is told/,
    );
    const open = await file('open.yaml', 'version: 2\nethernets:\n  eth0: {addresses: [((var.a))/24]}\n');
    expect((await runCommand(convert, open, '--to', 'nmstate')).error).toMatch(
      /nothing was written\. Convert the network-config that “siteforge render SITE --host NAME --out DIR” writes\./,
    );
    const other = await file('other.yaml', 'kind: Host\napiVersion: siteforge/v1\n');
    expect((await runCommand(convert, other, '--to', 'nmstate')).error).toMatch(/nothing was written\.\n$/);
    const path = await file('net.yaml', v1);
    const told = await runCommand(
      convert,
      path,
      '--to',
      'network-config-v2',
      '--out',
      join(folder, 'v2.yaml'),
    );
    expect(told.error).toMatch(
      /written to \S+; 1 warning\. What is left out or said in another way: 1, told above\n$/,
    );
  });

  test('takes no other document for a network', async () => {
    const host = await file('host.yaml', 'apiVersion: siteforge/v1\nkind: Host\n');
    const unknown = await file('unknown.yaml', 'a: 1\n');
    for (const path of [host, unknown]) {
      const { status, error } = await runCommand(convert, path, '--to', 'nmstate');
      expect(status).toBe(1);
      expect(error).toMatch(/:1:1 error document-kind /);
    }
  });

  test('--from decides where the keys do not', async () => {
    const path = await file('empty.yaml', 'services: []\n');
    expect((await runCommand(convert, path, '--to', 'network-config-v2')).status).toBe(1);
    const { status, out } = await runCommand(
      convert,
      path,
      '--to',
      'network-config-v2',
      '--from',
      'network-data',
    );
    expect([status, out]).toEqual([0, 'version: 2\n']);
  });

  test.each([
    ['no file', ['--to', 'nmstate']],
    ['no format', ['FILE']],
    ['an unknown format', ['FILE', '--to', 'ifupdown']],
    ['an unknown kind', ['FILE', '--to', 'nmstate', '--from', 'host']],
    ['keyfiles without a place', ['FILE', '--to', 'keyfiles']],
    ['a folder', ['FOLDER', '--to', 'nmstate']],
  ])('refuses %s as wrong use', async (_what, parameters) => {
    const path = await file('net.yaml', v1);
    const filled = parameters.map((each) => (each === 'FILE' ? path : each === 'FOLDER' ? folder : each));
    expect((await runCommand(convert, ...filled)).code).toBe('usage');
  });

  test('says which file is not there', async () => {
    const none = join(folder, 'none.yaml');
    expect((await runCommand(convert, none, '--to', 'nmstate')).failure).toMatchObject({
      code: 'file-not-found',
      where: none,
    });
  });
});

describe('siteforge render --as keyfiles', () => {
  test('writes the network of a host as NetworkManager would hold it', async () => {
    const site = join(findPlaces().examples, 'edge-berlin');
    const out = join(folder, 'keyfiles');
    await mkdir(out);
    const { status } = await runCommand(render, site, '--host', 'cp-1', '--as', 'keyfiles', '--out', out);
    expect(status).toBe(0);
    const names = await readdir(out);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      expect(name).toMatch(/\.nmconnection$/);
      expect(await readFile(join(out, name), 'utf8')).toMatch(/^\[connection\]$/m);
      expect((await stat(join(out, name))).mode & 0o777).toBe(0o600);
    }
    const { files } = JSON.parse(
      (await runCommand(render, site, '--host', 'cp-1', '--as', 'keyfiles', '--json')).out,
    );
    expect(Object.keys(files).sort()).toEqual(names.sort());
  });

  test('refuses a format that does not exist', async () => {
    const site = join(findPlaces().examples, 'edge-berlin');
    expect((await runCommand(render, site, '--host', 'cp-1', '--as', 'ifupdown')).code).toBe('usage');
  });
});
