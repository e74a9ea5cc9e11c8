import { expect, test } from 'vitest';
import { renderHost } from '../render/render-host.ts';
import { createSiteAnalyser } from '../site/analyser.ts';
import { secretUses } from './secret-uses.ts';

const host = (name: string, extra = '') => `apiVersion: siteforge/v1
kind: Host
metadata:
  name: ${name}
spec:
  role: worker
  profile: node
  macs:
    eno1: "02:00:00:00:00:${name.slice(1).padStart(2, '0')}"
  network:
    ref: hall
  userData: [access]
${extra}`;
const site = {
  'site.yaml': 'apiVersion: siteforge/v1\nkind: Site\nmetadata:\n  name: hall\nspec:\n  release: bookworm\n',
  'profiles/node.yaml': 'apiVersion: siteforge/v1\nkind: HostProfile\nmetadata:\n  name: node\nspec: {}\n',
  'hosts/n1.yaml': host('n1', '  bmc:\n    address: ipmi://10.0.9.11\n    credentials: bmc\n'),
  'hosts/n2.yaml': host('n2'),
  'networks/hall.yaml': 'version: 2\nethernets:\n  eno1:\n    dhcp4: true\n',
  'user-data/access.yaml':
    '#cloud-config\nusers:\n  - name: admin\n    passwd: ((secret.hash))\nruncmd:\n  - [join, "t=((secret.token))"]\n',
};

function analysed(changes: Record<string, string> = {}, otherPaths: string[] = ['secrets/', 'secrets/hash']) {
  const analyser = createSiteAnalyser();
  for (const [path, text] of Object.entries({ ...site, ...changes })) analyser.update(path, text);
  analyser.setOtherPaths(otherPaths);
  return analyser.analyse();
}

const found = (analysis: ReturnType<typeof analysed>) =>
  analysis.diagnostics.map(({ file, range, severity, code }) => [file, range.start.line, severity, code]);

test('each secret has its places and the hosts that need it', () => {
  const uses = secretUses(analysed()).map(({ name, uses: some }) => [
    name,
    some.map((use) => `${use.file}:${use.range.start.line} ${use.as} ${use.hosts.join()}`),
  ]);
  expect(uses).toEqual([
    ['bmc', ['hosts/n1.yaml:15 bmc-credentials n1']],
    ['hash', ['user-data/access.yaml:4 value n1,n2']],
    ['token', ['user-data/access.yaml:6 value n1,n2']],
  ]);
});

test('a rendered host has masks, as values and within texts', () => {
  const rendered = renderHost(analysed(), 'n1');
  expect(rendered?.userData).toContain('passwd: "••••••(hash)"');
  expect(rendered?.userData).toContain('- [join, t=••••••(token)]');
});

test('a secret without a value is a warning where it is named, an information where no secret is known', () => {
  expect(found(analysed())).toEqual([
    ['hosts/n1.yaml', 15, 'warning', 'reference-unknown'],
    ['user-data/access.yaml', 6, 'warning', 'secret-unknown'],
  ]);
  expect(found(analysed({}, []))).toEqual([
    ['user-data/access.yaml', 4, 'info', 'secret-unknown'],
    ['user-data/access.yaml', 6, 'info', 'secret-unknown'],
  ]);
});

test('a misspelt secret is mended into its whole reference', () => {
  const { diagnostics } = analysed(
    {
      'user-data/access.yaml': '#cloud-config\nruncmd: [[join, ((secret.tokne))]]\n',
    },
    ['secrets/', 'secrets/token', 'secrets/bmc'],
  );
  expect(diagnostics[0]).toMatchObject({ code: 'secret-unknown', fixes: [{ newText: '((secret.token))' }] });
});

test('a secret where only an address can stand is an error at its place, never left out in silence', () => {
  const network = 'version: 2\nethernets:\n  eno1:\n    addresses: [((secret.token))]\n';
  expect(found(analysed({ 'networks/hall.yaml': network }))).toContainEqual([
    'networks/hall.yaml',
    4,
    'error',
    'network-address',
  ]);
});

test('what nearly is a reference to a secret is pointed out, and a name that cannot be one refused', () => {
  const text = (written: string) => ({
    'user-data/access.yaml': `#cloud-config\nruncmd: [[join, "${written}"]]\n`,
  });
  for (const written of ['(( secret.token ))', '{{ secret.token }}', '((secrets.token))'])
    expect(found(analysed(text(written)))).toContainEqual([
      'user-data/access.yaml',
      2,
      'warning',
      'variable-unknown',
    ]);
  expect(found(analysed(text('((secret.-x))')))).toContainEqual([
    'user-data/access.yaml',
    2,
    'error',
    'variable-unknown',
  ]);
});
