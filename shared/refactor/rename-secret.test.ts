import { expect, test } from 'vitest';
import { createSiteAnalyser } from '../site/analyser.ts';
import { edited } from './edited.test-support.ts';
import { newNameProblem } from './new-name.ts';
import { planRename, renameSubject } from './rename.ts';

const site: Readonly<Record<string, string>> = {
  'hosts/n1.yaml': `apiVersion: siteforge/v1
kind: Host
metadata: {name: n1}
spec:
  role: worker
  profile: node
  macs: {eno1: "02:00:00:00:00:01"}
  bmc: {address: "ipmi://10.9.0.1", credentials: bmc-rack-1}   # of the rack
  network: {ref: hall}
  userData: [access]
`,
  'networks/hall.yaml': 'version: 2\nwifis:\n  w0: {access-points: {hall: {password: ((secret.wifi))}}}\n',
  'user-data/access.yaml': `#cloud-config
# ((secret.token)) in a comment is no reference.
runcmd:
  - [join, "((secret.token))/((secret.token))", ((secret.bmc-rack-1.yaml))]
write_files:
  - path: /etc/token
    content: |
      t=((secret.token))
`,
};

const analyser = createSiteAnalyser();
for (const [path, text] of Object.entries(site)) analyser.update(path, text);
const analysis = analyser.analyse();

const secret = (name: string) => ({ kind: 'secret', name }) as const;
const plan = (name: string, to: string, stored: readonly string[]) => {
  const { documents, ...rest } = planRename(analysis, secret(name), to, stored);
  return { texts: edited(site, documents), ...rest };
};

test('a secret has another name in every document, and its value as well', () => {
  const { texts, value } = plan('token', 'join-token', ['token', 'wifi']);
  expect(value).toEqual({ from: 'token', to: 'join-token' });
  expect(texts).toEqual({
    ...site,
    'user-data/access.yaml': site['user-data/access.yaml']
      ?.replaceAll('((secret.token))', '((secret.join-token))')
      .replace('# ((secret.join-token))', '# ((secret.token))'),
  });
});

test('a secret without a value is renamed in the documents alone', () => {
  expect(plan('wifi', 'hall-key', []).value).toBeUndefined();
  expect(plan('wifi', 'hall-key', ['token']).texts['networks/hall.yaml']).toContain('((secret.hall-key))');
  expect(renameSubject(analysis, secret('wifi'), ['token'])?.value).toBeUndefined();
});

test('a file with an ending keeps it, and both of its spellings are renamed', () => {
  const stored = ['bmc-rack-1.yaml'];
  for (const [name, to] of [
    ['bmc-rack-1', 'bmc-hall'],
    ['bmc-rack-1.yaml', 'bmc-hall.yaml'],
  ] as const) {
    const { texts, value } = plan(name, to, stored);
    expect(value).toEqual({ from: 'bmc-rack-1.yaml', to: 'bmc-hall.yaml' });
    expect(texts['hosts/n1.yaml']).toContain('credentials: bmc-hall}   # of the rack');
    expect(texts['user-data/access.yaml']).toContain('((secret.bmc-hall.yaml))');
    expect(renameSubject(analysis, secret(name), stored)).toMatchObject({
      value: 'bmc-rack-1.yaml',
      documents: [
        { path: 'hosts/n1.yaml', count: 1 },
        { path: 'user-data/access.yaml', count: 1 },
      ],
    });
  }
});

test('a name without the ending is not written where it would mean another file', () => {
  const { texts } = plan('bmc-rack-1.yaml', 'node.yaml', ['bmc-rack-1.yaml', 'node']);
  expect(texts['hosts/n1.yaml']).toContain('credentials: node.yaml}');
  const both = plan('bmc-rack-1', 'x', ['bmc-rack-1', 'bmc-rack-1.yaml']);
  expect(both.value).toEqual({ from: 'bmc-rack-1', to: 'x' });
  expect(both.texts['user-data/access.yaml']).toContain('((secret.bmc-rack-1.yaml))');
});

test('names of other secrets are taken, with a value or without, and a name must be one of a file', () => {
  const problem = (name: string, to: string, stored: readonly string[]) => {
    const subject = renameSubject(analysis, secret(name), stored);
    return subject === undefined ? 'no subject' : newNameProblem(subject, to);
  };
  const stored = ['bmc-rack-1.yaml', 'token', 'spare', 'bmc-rack-2.yaml', 'cert.pem'];
  expect(problem('token', 'wifi', stored)).toMatch(/There is a secret “wifi” already/);
  expect(problem('token', 'spare', stored)).toMatch(/already/);
  expect(problem('bmc-rack-1', 'bmc-rack-2', stored)).toMatch(/already/);
  expect(problem('bmc-rack-1.yaml', 'cert.yaml', stored)).toBeUndefined();
  expect(problem('token', 'join-token', stored)).toBeUndefined();
  for (const name of ['', '.hidden', 'a/b', 'a b'])
    expect(problem('token', name, stored)).toBeTypeOf('string');
});
