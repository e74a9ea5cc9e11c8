import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { renderKeyfiles } from './render-keyfiles.ts';
import { renderVersion2 } from './render-version-2.ts';
import { corpus } from './testing/corpus.test-support.ts';
import { modelOf } from './testing/network-documents.ts';
import {
  netplanKeyfiles,
  readBack,
  settingsOf,
  unpackNetworkManager,
} from './testing/network-manager-package.test-support.ts';

/** NetworkManager and netplan themselves are the measure of our keyfiles. */
const documents = [
  ...['testing/nmstate', 'testing/documents'].flatMap((folder) =>
    readdirSync(new URL(folder, import.meta.url))
      .filter((name) => /\.ya?ml$/.test(name))
      .sort()
      .map((name) => ({ name, text: readFileSync(new URL(`${folder}/${name}`, import.meta.url), 'utf8') })),
  ),
  ...corpus,
];

let root = '';
beforeAll(() => {
  root = unpackNetworkManager();
});

/** What NetworkManager does not write again because it is what it does anyway. */
const usual: Readonly<Record<string, string>> = {
  'ipv4.may-fail': 'true',
  'ipv6.may-fail': 'true',
  'ethernet.auto-negotiate': 'false',
  'bridge.stp': 'true',
  'bridge.ageing-time': '300',
  'bridge.forward-delay': '15',
  'bridge.hello-time': '2',
  'bridge.max-age': '20',
  'bridge.priority': '32768',
  'bridge-port.path-cost': '100',
  'bridge-port.priority': '32',
  'bridge.multicast-snooping': 'true',
  'vxlan.destination-port': '8472',
  'vxlan.learning': 'true',
};

/** The options of a route in one order, MAC addresses in one case. */
function spelt(key: string, value: string): string {
  return key.endsWith('_options') ? value.split(',').sort().join(',') : value.toLowerCase();
}

describe('NetworkManager reads every keyfile and keeps every setting', () => {
  test.each(documents)('$name', ({ text }) => {
    for (const { name, text: keyfile } of renderKeyfiles(modelOf(text), new DiagnosticSink())) {
      const kept = settingsOf(readBack(root, keyfile));
      for (const [key, value] of settingsOf(keyfile)) {
        if (kept.has(key) || usual[key] !== value) {
          expect([name, key, spelt(key, kept.get(key) ?? 'lost')]).toEqual([name, key, spelt(key, value)]);
        }
      }
    }
  });
});

test('NetworkManager refuses a keyfile that is wrong', () => {
  expect(() =>
    readBack(root, '[connection]\nid=a\ntype=dummy\ninterface-name=a\n\n[ipv4]\nmethod=none\n'),
  ).toThrow();
});

/**
 * What differs from netplan 0.106, and why:
 * - netplan calls connections otherwise, gives them no UUID, and does not mark controllers;
 * - its `wakeonlan` leaves the card as it is (1), and it turns wake on LAN off (0) where nothing is said;
 * - a card that is found by its MAC address goes by its new name there, since netplan renames it;
 * - it drops overrides of DHCP and routing rules for NetworkManager without a word.
 */
const ignored = [
  /^connection\.(?:id|uuid|autoconnect-slaves|master|interface-name|multi-connect|timestamp)$/,
  /^ethernet\.(?:wake-on-lan|mac-address)$/,
  /^ipv[46]\.(?:routing-rule\d+|ignore-auto-dns|dhcp-send-hostname|dhcp-hostname)$/,
  /^vlan\.parent$/,
  /^proxy\./,
];

/** netplan gives link-local IPv4 to what says nothing of IPv4, and writes search domains twice. */
function asOurs(key: string, value: string): string {
  if (key === 'ipv4.method' && value === 'link-local') return 'disabled';
  return key.endsWith('.dns-search') ? [...new Set(value.split(';'))].join(';') : spelt(key, value);
}

function comparable(keyfile: string): Record<string, string> {
  const settings = [...settingsOf(readBack(root, keyfile))]
    .filter(([key]) => !ignored.some((pattern) => pattern.test(key)))
    .map(([key, value]) => [key, asOurs(key, value)] as const);
  return Object.fromEntries(settings.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const version2 = documents.filter(({ text }) => /\bversion: 2\b/.test(text));

/** What netplan 0.106 cannot write for NetworkManager although NetworkManager can say it, or we report it. */
const refusals =
  /do not support (?:matching by driver|ipv6-mtu)|not support address options|networkd backend does not|NetworkManager (?:definitions|only|does not)|needs to be base64|interface '\S+' is not defined/i;

function keyfilesOfNetplan(document: string): ReadonlyMap<string, string> | string {
  try {
    return netplanKeyfiles(root, document);
  } catch (error) {
    return String((error as { stderr?: unknown }).stderr);
  }
}

/** netplan leaves router advertisements to the kernel unless DHCP for IPv6 is on. */
function withoutAdvertisements(settings: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).filter(([key]) => !key.startsWith('ipv6.')));
}

test('more than a dozen documents are compared with netplan', () =>
  expect(version2.length).toBeGreaterThan(12));

describe('netplan says the same', () => {
  test.each(version2)('$name', ({ text }) => {
    const sink = new DiagnosticSink();
    const model = modelOf(text);
    const document = { ...renderVersion2(model, sink), renderer: 'NetworkManager' };
    const theirs = keyfilesOfNetplan(stringify({ network: document }, { version: '1.1' }));
    if (typeof theirs === 'string') {
      expect(theirs).toMatch(refusals);
      return;
    }
    const ours = renderKeyfiles(model, sink);
    expect(ours.length).toBeLessThanOrEqual(model.links.length);
    for (const { name, text: keyfile } of ours) {
      const id = settingsOf(keyfile).get('connection.id') ?? '';
      const same = theirs.get(id);
      if (same === undefined) continue;
      const link = model.links.find((each) => each.id.value === id);
      const advertises = link?.acceptRa?.value === true && link.dhcp6?.value !== true;
      const compared = advertises ? withoutAdvertisements : (settings: Record<string, string>) => settings;
      expect([name, compared(comparable(keyfile))]).toEqual([name, compared(comparable(same))]);
    }
  });
});
