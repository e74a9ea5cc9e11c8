import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createSiteAnalyser } from './analyser.ts';
import { builderElements } from './known-elements.ts';

const document = (kind: string, name: string, spec: string) =>
  `apiVersion: siteforge/v1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec: ${spec}\n`;
const host = (credentials: string) =>
  document(
    'Host',
    'a',
    `{role: worker, profile: p, macs: {e: "52:54:00:00:00:01"}, network: {inline: {version: 2, ethernets: {e: {dhcp4: true}}}}, bmc: {address: "ipmi://10.0.0.1", credentials: ${credentials}}}`,
  );
const image = (more: string) => document('Image', 'i', `{profile: p, outputs: [{format: iso}]${more}}`);
const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEuSf3c6uNB90wzOJCrn4ePTTh6bDVbTKO+Di0ydkyQT';

function found(otherPaths: readonly string[] | undefined, { credentials = 'bmc', inImage = '' } = {}) {
  const analyser = createSiteAnalyser();
  analyser.update('site.yaml', document('Site', 's', `{adminKeys: [${key}]}`));
  analyser.update('profiles/p.yaml', document('HostProfile', 'p', '{}'));
  analyser.update('hosts/a.yaml', host(credentials));
  analyser.update('images/i.yaml', image(inImage));
  if (otherPaths !== undefined) analyser.setOtherPaths(otherPaths);
  return analyser.analyse().diagnostics;
}
const lines = (...parts: Parameters<typeof found>) =>
  found(...parts).map(({ file, severity, code, fixes }) =>
    [file, severity, code, fixes?.[0]?.newText ?? ''].join(' ').trim(),
  );

describe('elements', () => {
  test.each([
    [', base: nosuch', 'images/i.yaml error reference-unknown'],
    [', base: debian-minimla', 'images/i.yaml error reference-unknown debian-minimal'],
    [', base: fedora', 'images/i.yaml error reference-unknown'],
    [', base: growroot', 'images/i.yaml error reference-unknown'],
    [', elements: [growrot]', 'images/i.yaml error reference-unknown growroot'],
    [', elements: [my-drivrs]', 'images/i.yaml error reference-unknown my-drivers'],
    [', elements: [ubuntu-minimal]', 'images/i.yaml error value-invalid'],
    [', elements: [growroot, growroot]', 'images/i.yaml warning name-duplicate'],
  ])('reports %s', (inImage, expected) => {
    expect(lines(['elements/', 'elements/my-drivers/'], { inImage })).toEqual([expected]);
  });

  test('accepts those of the builder, of diskimage-builder and of the site, as base too', () => {
    const inImage = ', base: my-base, elements: [siteforge-live, growroot, my-base]';
    expect(lines(['elements/my-base/'], { inImage })).toEqual([]);
    expect(lines([], { inImage: ', base: debian-minimal' })).toEqual([]);
  });

  test('says nothing while it is not known what the site has', () => {
    expect(lines(undefined, { inImage: ', base: nosuch, elements: [nosuch]' })).toEqual([]);
  });

  test('knows every element of the builder', () => {
    const folder = new URL('../../builders/debian/elements/', import.meta.url);
    expect(readdirSync(folder).sort()).toEqual([...builderElements].sort());
  });
});

describe('secrets', () => {
  test.each([
    ['that is missing', ['secrets/', 'secrets/bmc-rack-1'], 'bmc-rack-2', 'bmc-rack-1'],
    ['when there are none', ['secrets/'], 'bmc-rack-1', ''],
  ])('warns about one %s', (_what, paths, credentials, fix) => {
    expect(lines(paths, { credentials })).toEqual([`hosts/a.yaml warning reference-unknown ${fix}`.trim()]);
  });

  test('accepts one that exists, with or without an ending, and any where there is no such folder', () => {
    expect(lines(['secrets/', 'secrets/bmc'])).toEqual([]);
    expect(lines(['secrets/', 'secrets/bmc.yaml'])).toEqual([]);
    expect(lines([])).toEqual([]);
  });

  test('tells a mask that was copied from a preview, and what to write', () => {
    const analyser = createSiteAnalyser();
    analyser.update('site.yaml', document('Site', 's', '{}'));
    const text = '#cloud-config\n# ••••••(pw) is a mask.\nfinal_message: "x ••••••(root.pw)"\n';
    analyser.update('user-data/a.yaml', text);
    analyser.setOtherPaths([]);
    const masks = analyser.analyse().diagnostics.filter(({ code }) => code === 'value-invalid');
    expect(masks).toMatchObject([
      {
        severity: 'error',
        range: { start: { line: 3, column: 19 }, end: { line: 3, column: 34 } },
        fixes: [{ newText: '((secret.root.pw))' }],
      },
    ]);
  });

  test('refuses a user with a password in its place', () => {
    const [diagnostic] = found([], { credentials: '"admin:secret"' });
    expect(diagnostic).toMatchObject({ severity: 'error', code: 'value-invalid' });
    expect(diagnostic?.message).toContain('never stand in a document');
  });
});

describe('files that are not read', () => {
  test.each([
    ['hosts/rack1/x.yaml', 'warning', 'Move it to hosts/x.yaml.'],
    ['hosts/cp-1.txt', 'warning', 'Rename it to cp-1.yaml'],
    ['hosts/cp-1.YAML', 'warning', 'Rename it to cp-1.yaml'],
    ['networks/bonded', 'warning', 'Rename it to bonded.yaml'],
    ['stray.yaml', 'info', 'documents lie in hosts/'],
    ['site.yml', 'warning', 'is site.yaml'],
    ['host/', 'warning', 'Did you mean hosts/?'],
    ['userdata/', 'warning', 'Did you mean user-data/?'],
  ])('says it of %s', (path, severity, message) => {
    const diagnostics = found([path]);
    expect(diagnostics).toMatchObject([{ file: path, severity, code: 'file-not-read' }]);
    expect(diagnostics[0]?.message).toContain(message);
  });

  test('says nothing of notes, backups, results, secrets and elements', () => {
    const paths = [
      'hosts/README.md',
      'hosts/cp-1.yaml~',
      'hosts/cp-1.yaml.bak',
      'hosts/#cp-1.yaml#',
      'hosts/4913',
    ];
    const folders = [
      'docs/',
      'out/',
      'secrets/',
      'secrets/bmc',
      'elements/',
      'elements/own/',
      'hosts/',
      'tools/',
    ];
    expect(lines([...paths, ...folders])).toEqual([]);
  });
});
