import { describe, expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { renderVersion2 } from './render-version-2.ts';
import { modelOf, verdictOf } from './testing/network-documents.ts';

const card = '{id: a, name: eth0, type: phy, ethernet_mac_address: "52:54:00:00:00:01"}';
const other = '{id: b, name: eth1, type: phy, ethernet_mac_address: "52:54:00:00:00:02"}';
const mine = '{id: n, link: a, type: ipv4, ip_address: 192.0.2.5, netmask: 255.255.255.0}';

function document(
  links: readonly string[],
  networks: readonly string[] = [],
  services: readonly string[] = [],
) {
  const list = (name: string, items: readonly string[]) =>
    items.length === 0 ? `${name}: []\n` : `${name}:\n${items.map((item) => `- ${item}\n`).join('')}`;
  return `${list('links', links)}${list('networks', networks)}${list('services', services)}`;
}

function rendered(text: string) {
  return renderVersion2(modelOf(text), new DiagnosticSink());
}

describe('network_data', () => {
  test.each<{ name: string; text: string; finds: string[] }>([
    {
      name: 'takes what OpenStack writes',
      text: document([card], [mine], ['{type: dns, address: 192.0.2.53}']),
      finds: [],
    },
    {
      name: 'takes tabs and null, as JSON has them',
      text: '{\n\t"links": [\n\t\t{"id": "a", "type": "ovs",\t"ethernet_mac_address": "52:54:00:00:00:01", "mtu": null}\n\t],\n\t"networks": [],\n\t"services": []\n}\n',
      finds: [],
    },
    {
      name: 'takes numbers in quotes',
      text: document(['{id: a, name: eth0, type: phy, mtu: "1500"}']),
      finds: [],
    },
    {
      name: 'refuses a link without an id',
      text: document(['{type: phy, name: eth0}']),
      finds: ['2:3 error key-missing'],
    },
    {
      name: 'refuses a link without a type',
      text: document(['{id: a, name: eth0}']),
      finds: ['2:3 error key-missing'],
    },
    {
      name: 'warns of a type that cloud-init takes for a card',
      text: document(['{id: a, name: eth0, type: phi}']),
      finds: ['2:29 warning value-invalid'],
    },
    {
      name: 'tells a misspelt MAC address at its key, and not again at the card',
      text: document(['{id: a, type: phy, ethernet_mac_adress: "52:54:00:00:00:01"}']),
      finds: ['2:22 error key-unknown'],
    },
    {
      name: 'only warns of it where the card has a name',
      text: document(['{id: a, name: eth0, type: phy, ethernet_mac_adress: "52:54:00:00:00:01"}']),
      finds: ['2:34 warning key-unknown'],
    },
    {
      name: 'refuses a card that nothing tells from the others',
      text: document(['{id: a, type: phy}']),
      finds: ['2:3 error key-missing'],
    },
    {
      name: 'warns of an unknown key, which cloud-init passes over',
      text: document(['{id: a, name: eth0, type: phy, mtuu: 1500}']),
      finds: ['2:34 warning key-unknown'],
    },
    {
      name: 'refuses a bad MAC address',
      text: document(['{id: a, type: phy, ethernet_mac_address: "52:54"}']),
      finds: ['2:44 error network-mac'],
    },
    {
      name: 'refuses an MTU out of range',
      text: document(['{id: a, name: eth0, type: phy, mtu: 15}']),
      finds: ['2:39 error network-mtu'],
    },
    {
      name: 'refuses an id of two links',
      text: document([card, '{id: a, name: eth1, type: phy}']),
      finds: ['3:8 error name-duplicate'],
    },
    {
      name: 'warns of an id of two networks, which real documents have',
      text: document([card, other], [mine, '{id: n, link: b, type: ipv4_dhcp}']),
      finds: ['6:8 warning name-duplicate'],
    },
    {
      name: 'warns of a network on an unknown link',
      text: document([card], ['{id: n, link: c, type: ipv4_dhcp}']),
      finds: ['4:17 warning network-link-unknown'],
    },
    {
      name: 'refuses a network without a link',
      text: document([card], ['{id: n, type: ipv4_dhcp}']),
      finds: ['4:3 error network-link-unknown'],
    },
    {
      name: 'refuses a network without a type',
      text: document([card], ['{id: n, link: a}']),
      finds: ['4:3 error key-missing'],
    },
    {
      name: 'refuses a misspelt type of a network',
      text: document([card], ['{id: n, link: a, type: ipv4_dchp}']),
      finds: ['4:26 error value-invalid'],
    },
    {
      name: 'refuses a static network without an address',
      text: document([card], ['{id: n, link: a, type: ipv4}']),
      finds: ['4:3 error key-missing'],
    },
    {
      name: 'warns of an address without a netmask',
      text: document([card], ['{id: n, link: a, type: ipv4, ip_address: 192.0.2.5}']),
      finds: ['4:44 warning network-address'],
    },
    {
      name: 'refuses a malformed address',
      text: document([card], ['{id: n, link: a, type: ipv4, ip_address: 192.0.2.555/24}']),
      finds: ['4:44 error network-address'],
    },
    {
      name: 'refuses a malformed netmask',
      text: document([card], ['{id: n, link: a, type: ipv4, ip_address: 192.0.2.5, netmask: 255.0.255.0}']),
      finds: ['4:64 error network-address'],
    },
    {
      name: 'refuses IPv4 in a network of IPv6',
      text: document([card], ['{id: n, link: a, type: ipv6, ip_address: 192.0.2.5/24}']),
      finds: ['4:44 error network-address'],
    },
    {
      name: 'warns of a gateway that no subnet holds',
      text: document(
        [card],
        [
          '{id: n, link: a, type: ipv4, ip_address: 192.0.2.5/24, routes: [{network: 0.0.0.0, netmask: 0.0.0.0, gateway: 198.51.100.1}]}',
        ],
      ),
      finds: ['4:113 warning network-gateway'],
    },
    {
      name: 'refuses a route without a destination',
      text: document(
        [card],
        ['{id: n, link: a, type: ipv4, ip_address: 192.0.2.5/24, routes: [{gateway: 192.0.2.1}]}'],
      ),
      finds: ['4:67 error network-route'],
    },
    {
      name: 'refuses a bond of an unknown link',
      text: document([card, '{id: x, type: bond, bond_links: [a, c], bond_mode: 802.3ad, bond_miimon: 100}']),
      finds: ['3:39 error network-link-unknown'],
    },
    {
      name: 'refuses a bond without links',
      text: document([card, '{id: x, type: bond, bond_mode: 802.3ad}']),
      finds: ['3:3 error network-bond', '3:8 warning network-bond'],
    },
    {
      name: 'refuses an unknown mode of a bond',
      text: document([card, '{id: x, type: bond, bond_links: [a], bond_mode: 802.3da}']),
      finds: ['3:51 error network-bond'],
    },
    {
      name: 'refuses a VLAN without an id',
      text: document([card, '{id: x, type: vlan, vlan_link: a, vlan_mac_address: null}']),
      finds: ['3:3 error network-vlan'],
    },
    {
      name: 'refuses a VLAN id out of range',
      text: document([card, '{id: x, type: vlan, vlan_link: a, vlan_id: 5000, vlan_mac_address: null}']),
      finds: ['3:46 error network-vlan'],
    },
    {
      name: 'refuses a VLAN on an unknown link',
      text: document([card, '{id: x, type: vlan, vlan_link: c, vlan_id: 5, vlan_mac_address: null}']),
      finds: ['3:34 error network-link-unknown'],
    },
    {
      name: 'warns of a VLAN without the MAC address that cloud-init’s reader wants',
      text: document([card, '{id: x, type: vlan, vlan_link: a, vlan_id: 5}']),
      finds: ['3:3 warning key-missing'],
    },
    {
      name: 'refuses a VLAN that runs on itself',
      text: document([card, '{id: x, type: vlan, vlan_link: x, vlan_id: 5, vlan_mac_address: null}']),
      finds: ['3:34 error network-link-reused'],
    },
    {
      name: 'refuses a service without an address',
      text: document([card], [], ['{type: dns}']),
      finds: ['5:3 error network-dns'],
    },
    {
      name: 'warns of a service that is none of names',
      text: document([card], [], ['{type: ntp, address: 192.0.2.7}']),
      finds: ['5:10 warning network-dns'],
    },
    { name: 'wants lists', text: 'links: {a: {}}\nnetworks: []\n', finds: ['1:8 error value-type'] },
  ])('$name', ({ text, finds }) => expect(verdictOf(text).findings).toEqual(finds));
});

describe('network_data as cloud-init reads it', () => {
  test('names bonds in their order and VLANs after the link below', () => {
    const bond = (id: string, link: string) =>
      `{id: ${id}, type: bond, bond_links: [${link}], bond_mode: 802.3ad, bond_miimon: "100"}`;
    const text = document(
      [
        card,
        other,
        bond('x', 'a'),
        bond('y', 'b'),
        '{id: v, type: vlan, vlan_link: y, vlan_id: "7", vlan_mac_address: null}',
      ],
      ['{id: n, link: v, type: ipv4, ip_address: 192.0.2.5/24}'],
    );
    expect(rendered(text)).toMatchObject({
      bonds: {
        bond0: { interfaces: ['eth0'], parameters: { mode: '802.3ad', 'mii-monitor-interval': 100 } },
        bond1: { interfaces: ['eth1'] },
      },
      vlans: { 'bond1.7': { id: 7, link: 'bond1', addresses: ['192.0.2.5/24'] } },
    });
  });

  test('finds a card without a name by its MAC address and keeps what the kernel calls it', () => {
    const text = document(
      [
        '{id: tap0a1b2c3d-4e, type: phy, ethernet_mac_address: "52:54:00:00:00:01"}',
        '{id: v, type: vlan, vlan_link: tap0a1b2c3d-4e, vlan_id: 7, vlan_mac_address: null}',
      ],
      ['{id: n, link: tap0a1b2c3d-4e, type: ipv4_dhcp}'],
    );
    expect(rendered(text)).toEqual({
      version: 2,
      ethernets: { 'tap0a1b2c3d-4e': { match: { macaddress: '52:54:00:00:00:01' }, dhcp4: true } },
      // tap0a1b2c3d-4e.7 is longer than a name may be.
      vlans: { vlan7: { id: 7, link: 'tap0a1b2c3d-4e' } },
    });
  });

  test('lets the last network decide on router advertisements', () => {
    const six = '{id: s, link: a, type: ipv6, ip_address: "2001:db8::5/64"}';
    const dhcp = '{id: d, link: a, type: ipv6_dhcp}';
    expect(rendered(document([card], [dhcp, six]))).toMatchObject({
      ethernets: { eth0: { 'accept-ra': false } },
    });
    expect(rendered(document([card], [six, dhcp]))).toMatchObject({
      ethernets: { eth0: { 'accept-ra': true } },
    });
    expect(rendered(document([card], ['{id: d, link: a, type: ipv6_slaac}']))).toEqual({
      version: 2,
      ethernets: { eth0: expect.not.objectContaining({ 'accept-ra': expect.anything() }) },
    });
  });

  test('gives a network its own name servers and the others those of the services', () => {
    const text = document(
      [card, other],
      [
        '{id: n, link: a, type: ipv4, ip_address: 192.0.2.5/24, services: [{type: dns, address: 192.0.2.2}]}',
        '{id: m, link: b, type: ipv4, ip_address: 198.51.100.5/24}',
      ],
      ['{type: dns, address: 203.0.113.53}'],
    );
    expect(rendered(text)).toMatchObject({
      ethernets: {
        eth0: { nameservers: { addresses: ['192.0.2.2'] } },
        eth1: { nameservers: { addresses: ['203.0.113.53'] } },
      },
    });
  });

  test('says why the services reach nobody', () => {
    const served = (network: string) => document([card], [network], ['{type: dns, address: 203.0.113.53}']);
    const own =
      '{id: n, link: a, type: ipv4, ip_address: 192.0.2.5/24, services: [{type: dns, address: 192.0.2.2}]}';
    const said = (text: string) => {
      const sink = new DiagnosticSink();
      renderVersion2(modelOf(text), sink);
      return sink.list().map(({ message }) => message);
    };
    expect(said(served(own))).toEqual([expect.stringContaining('each such link here has some of its own')]);
    expect(said(served('{id: n, link: a, type: ipv4_dhcp}'))).toEqual([
      expect.stringContaining('no link here has one'),
    ]);
  });
});

describe('name servers of a network', () => {
  const withServices = (services: string) => mine.replace('}', `, services: [${services}]}`);
  test('are left to the machine where it has them too, as to cloud-init 22.4', () => {
    const text = document(
      [card],
      [withServices('{type: dns, address: 192.0.2.53}')],
      ['{type: dns, address: 192.0.2.53}', '{type: dns, address: 192.0.2.54}'],
    );
    expect(verdictOf(text).findings).toEqual([]);
    expect(rendered(text)).toMatchObject({
      ethernets: { eth0: { nameservers: { addresses: ['192.0.2.53', '192.0.2.54'] } } },
    });
  });

  test('are its own otherwise, once each, and told to be passed over by cloud-init 22.4', () => {
    const server = '{type: dns, address: 192.0.2.53}';
    const text = document(
      [card],
      [
        withServices(`${server}, {type: ntp, address: 192.0.2.123}`).replace(
          ', services',
          `, routes: [{network: 0.0.0.0, netmask: 0.0.0.0, gateway: 192.0.2.1, services: [${server}]}], services`,
        ),
      ],
    );
    expect(verdictOf(text).diagnostics).toMatchObject([{ severity: 'info', code: 'network-dns' }]);
    expect(rendered(text)).toMatchObject({
      ethernets: { eth0: { nameservers: { addresses: ['192.0.2.53'] } } },
    });
  });
});

describe('fixes of network_data', () => {
  const json = (text: string) => text.replaceAll(/[a-z_]+(?=:)/g, '"$&"');
  test.each([
    ['a misspelt mode', '"active-backpu"', '"active-backup"'],
    ['a mode as switches call it', '"lacp"', '"802.3ad"'],
    ['one in single quotes', "'lacp'", "'802.3ad'"],
    ['one without quotes', 'lacp', '802.3ad'],
  ])('keep the quotes of %s', (_name, written, wanted) => {
    const bond = `{id: "c", type: "bond", bond_links: ["a"], bond_mode: ${written}}`;
    const text = document([card, bond]);
    const [found] = verdictOf(text).diagnostics;
    expect(found).toMatchObject({ code: 'network-bond', fixes: [{ newText: wanted }] });
  });

  test('keep the quotes of a key', () => {
    const text = json(
      '{links: [{id: "a", name: "eth0", type: "phy", mut: 1500}], networks: [], services: []}',
    );
    const [found] = verdictOf(text).diagnostics;
    expect(found?.fixes).toMatchObject([{ newText: '"mtu"', title: 'Change to “mtu”' }]);
  });

  test('know what netplan and people call a parameter', () => {
    const bond = '{id: c, type: bond, bond_links: [a], bond_mode: active-backup, mii-monitor-interval: 100}';
    const [found] = verdictOf(document([card, bond])).diagnostics;
    expect(found?.fixes).toMatchObject([{ newText: 'bond_miimon' }]);
  });
});
