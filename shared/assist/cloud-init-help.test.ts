import { describe, expect, test } from 'vitest';
import { cloudInitRootSchema } from '../cloud-config/cloud-init-schema.ts';
import { createSiteAnalyser } from '../site/analyser.ts';
import { completionsAt } from './completions.ts';
import { hoverAt } from './hover.ts';
import { factsOf } from './new-document.ts';
import { noSiteNames } from './site-names.ts';

/** Where the cursor stands in the texts below. */
const mark = '¦';
const path = 'user-data/base.yaml';

function request(marked: string) {
  return { path, text: marked.replace(mark, ''), offset: marked.indexOf(mark), site: noSiteNames };
}

const complete = (marked: string) => completionsAt(request(marked));
const labels = (marked: string) => complete(marked).map(({ label }) => label);
const hover = (marked: string) => hoverAt(request(marked))?.markdown;

// Without cloud-init's schema in the build, our own gives what help there is.
describe.runIf(cloudInitRootSchema().isOfCloudInit)('modules that only cloud-init’s schema describes', () => {
  test('are completed inside, with what their keys are for', () => {
    const found = complete(`#cloud-config\nansible:\n  ${mark}\n`);
    expect(found.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['install_method', 'pull', 'galaxy']),
    );
    const required = found.find(({ label }) => label === 'package_name');
    expect(required?.documentation ?? '').not.toContain('``');
    expect(labels(`#cloud-config\nansible:\n  pull:\n    ${mark}\n`)).toContain('playbook_name');
  });

  test('offer the values that they allow', () => {
    expect(labels(`#cloud-config\nansible:\n  install_method: ${mark}\n`)).toEqual(
      expect.arrayContaining(['distro', 'pip']),
    );
    expect(labels(`#cloud-config\nrandom_seed:\n  encoding: ${mark}\n`)).toContain('base64');
  });

  test('tell of a key what it is for, in Markdown, and who reads it', () => {
    const told = hover(`#cloud-config\nchef:\n  install_t${mark}ype: packages\n`);
    expect(told).toContain('**install_type**');
    expect(told).toContain('`packages`');
    expect(told).not.toContain('``packages``');
    expect(told).toContain('Source: cloud-init, which reads it on the first boot');
  });

  test('are followed below names that are free', () => {
    const text = `#cloud-config\ndisk_setup:\n  /dev/sdb:\n    ${mark}\n`;
    expect(labels(text)).toEqual(expect.arrayContaining(['table_type', 'layout', 'overwrite']));
    expect(labels(`#cloud-config\nfs_setup:\n  - ${mark}\n`)).toContain('filesystem');
  });

  test('leave what our own schema describes as it is', () => {
    const told = hover(`#cloud-config\nwrite_files:\n  - path: /a\n    permis${mark}sions: "0644"\n`);
    expect(told).toContain('Realm: stamped');
    // Once, though both schemas have it.
    const keys = labels(`#cloud-config\nwrite_files:\n  - ${mark}\n`);
    expect(keys.filter((key) => key === 'path')).toHaveLength(1);
    const top = labels(`#cloud-config\n${mark}\n`);
    expect(new Set(top).size).toBe(top.length);
    expect(top).toEqual(expect.arrayContaining(['users', 'ansible', 'zypper']));
  });
});

test('an empty host starts from what the hosts of its site have in common', () => {
  const analyser = createSiteAnalyser();
  const files: Readonly<Record<string, string>> = {
    'site.yaml':
      'apiVersion: siteforge/v1\nkind: Site\nmetadata:\n  name: hall\nspec:\n  release: bookworm\n',
    'profiles/node.yaml': 'apiVersion: siteforge/v1\nkind: HostProfile\nmetadata:\n  name: node\nspec: {}\n',
    'networks/hall.yaml': 'version: 2\nethernets:\n  eno1:\n    addresses: [((var.address))/24]\n',
    'hosts/n1.yaml':
      'apiVersion: siteforge/v1\nkind: Host\nmetadata:\n  name: n1\nspec:\n  role: storage\n  domain: hall.example\n  profile: node\n  macs:\n    eno1: 52:54:00:00:00:01\n  network:\n    ref: hall\n  variables:\n    address: 192.0.2.11\n',
    'hosts/n2.yaml': '',
  };
  for (const [file, text] of Object.entries(files)) analyser.update(file, text);
  const facts = factsOf(analyser.analyse());
  const [skeleton] = completionsAt({ path: 'hosts/n2.yaml', text: '', offset: 0, site: noSiteNames, facts });
  for (const line of [
    'name: n2',
    'role: storage',
    'domain: hall.example',
    'profile: node',
    'ref: hall',
    'address: 192.0.2.12',
  ])
    expect(skeleton?.insertText).toContain(line);
});
