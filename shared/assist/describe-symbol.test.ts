import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createSiteAnalyser } from '../site/analyser.ts';
import { describeSymbolAt } from './describe-symbol.ts';
import { describeReference, referenceFactsOf } from './reference-facts.ts';

const example = path.join(import.meta.dirname, '../../assets/examples/edge-berlin');

function exampleSite() {
  const analyser = createSiteAnalyser();
  analyser.update('site.yaml', readFileSync(path.join(example, 'site.yaml'), 'utf8'));
  for (const folder of ['hosts', 'images', 'networks', 'profiles', 'user-data'])
    for (const name of readdirSync(path.join(example, folder)))
      analyser.update(`${folder}/${name}`, readFileSync(path.join(example, folder, name), 'utf8'));
  return analyser.analyse();
}

const analysis = exampleSite();

function described(document: string, text: string, chosenHost = 'wk-1'): string {
  const found = analysis.documents.find((each) => each.path === document);
  const offset = found?.source.text.indexOf(text) ?? -1;
  expect(offset).toBeGreaterThanOrEqual(0);
  const inside = offset + text.length - 2;
  return describeSymbolAt(analysis, document, inside, chosenHost)?.markdown ?? '';
}

test.each([
  ['hosts/wk-1.yaml', 'profile: edge-node', ['**host profile edge-node**', '`packages`', 'Used by']],
  [
    'hosts/wk-1.yaml',
    'ref: bonded',
    [
      '**network bonded**',
      '`bond0` bond: of eno1, eno2, MTU 9000',
      'VLAN 100 on bond0',
      'Used by cp-1, cp-2',
    ],
  ],
  ['hosts/wk-1.yaml', '[base', ['**user-data fragment base**', '`write_files` (2)', 'Used by']],
  ['hosts/wk-1.yaml', 'bmc-rack-1', ['**secret bmc-rack-1**', 'management controller, never shown']],
  ['images/edge-node.yaml', 'base: debian-minimal', ['An element that the builder offers']],
  ['networks/bonded.yaml', 'interfaces: [eno1', ['**link eno1**', 'physical: MTU 9000', 'as wk-1 has it']],
  [
    'networks/bonded.yaml',
    '((var.oam-address',
    ['**((var.oam-address))**', '`10.20.0.21` for wk-1.', '5 hosts have a value, all different.'],
  ],
  ['networks/bonded.yaml', '((mac.eno1', ['`52:54:00:20:21:01` for wk-1.', 'all different']],
  ['user-data/base.yaml', '((host.role', ['`worker` for wk-1.', '5 hosts have a value, 3 different ones.']],
  ['user-data/base.yaml', '((site.name', ['The same for 5 hosts.']],
])('%s: %s', (document, text, parts) => {
  const markdown = described(document, text);
  for (const part of parts) expect(markdown).toContain(part);
});

test('nothing stands for a word that is no name', () => {
  expect(described('hosts/wk-1.yaml', 'domain: edge')).toBe('');
});

test('tells a host that has no value, and a value that no host has', () => {
  const facts = referenceFactsOf(analysis, 'eph-1');
  expect(describeReference(facts, 'var.storage-address')).toMatch(/^eph-1 has no value for it\. 4 hosts/);
  expect(describeReference(facts, 'var.nothing')).toBe('No host has a value for it.');
});
