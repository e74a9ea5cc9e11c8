import { describe, expect, test } from 'vitest';
import { completionsAt } from './completions.ts';
import { hoverAt } from './hover.ts';
import { noSiteNames } from './site-names.ts';

const mark = '¦';

function at(path: string, marked: string) {
  return { path, text: marked.replace(mark, ''), offset: marked.indexOf(mark), site: noSiteNames };
}

describe('help in networks of every format', () => {
  test.each([
    ['network_data in YAML', 'networks/n.yaml', `links:\n- id: a\n  type: phy\n  mt${mark}\n`, 'mtu'],
    ['network_data in JSON', 'networks/n.json', `{"links": [{"id": "a", "type": "phy", "mt${mark}`, 'mtu'],
    ['NMState', 'networks/n.yaml', `interfaces:\n- name: a\n  type: ethernet\n  mt${mark}\n`, 'mtu'],
    ['version 1', 'networks/n.yaml', `version: 1\nconfig:\n- type: physical\n  mt${mark}\n`, 'mtu'],
    ['version 2', 'networks/n.yaml', `version: 2\nethernets:\n  a:\n    mt${mark}\n`, 'mtu'],
  ])('%s completes its keys', (_format, path, marked, label) => {
    expect(completionsAt(at(path, marked)).map((each) => each.label)).toContain(label);
  });

  test.each([
    ['network_data', `networks:\n- id: a\n  ip_add${mark}ress: 192.0.2.1/24\n`, 'Static address'],
    ['NMState', `interfaces:\n- name: a\n  mt${mark}u: 1500\n`, 'mtu'],
  ])('%s tells what a key is for', (_format, marked, part) => {
    expect(hoverAt(at('networks/n.yaml', marked))?.markdown).toContain(part);
  });
});
