import { describe, expect, test } from 'vitest';
import { verdictOf } from './testing/network-documents.ts';

/** A document of version 2; its body starts in line 2. */
const v2 = (body: string) => `version: 2\n${body}\n`;

const publicKey = 'keys: {public: "M9nt4YujIOmNrRmpIRTmYSfMdrpvE7u6WkG8FY8WjG4="}';
const peer = `${publicKey}, allowed-ips: [0.0.0.0/0]`;
const ends = 'local: 192.0.2.1, remote: 192.0.2.2';

describe('what netplan refuses with the whole file', () => {
  test.each([
    ['a pattern as an id', 'ethernets: {en*: {dhcp4: true}}', '2:13 error network-interface-name'],
    [
      'a virtual function of an unknown card',
      'ethernets: {vf0: {link: eno9}}',
      '2:25 error network-link-unknown',
    ],
    [
      'a VXLAN on an unknown link',
      'tunnels: {t: {mode: vxlan, id: 3, link: zz}}',
      '2:41 error network-link-unknown',
    ],
    [
      'a link in two VRFs',
      'ethernets: {a: {}}\nvrfs: {x: {table: 1, interfaces: [a]}, y: {table: 2, interfaces: [a]}}',
      '3:67 error network-link-reused',
    ],
    [
      'a rule between two families',
      'ethernets: {a: {routing-policy: [{from: 10.0.0.0/8, to: "2001:db8::/32"}]}}',
      '2:57 error network-route',
    ],
    ['a modem for networkd', 'modems: {m: {apn: x}}', '2:10 error value-invalid'],
    ['a stable address for networkd', 'ethernets: {a: {macaddress: stable}}', '2:29 error network-mac'],
    ['a wireless card without network', 'wifis: {w: {dhcp4: true}}', '2:12 error key-missing'],
    ['a short passphrase', 'wifis: {w: {access-points: {x: {password: short}}}}', '2:43 warning value-range'],
    [
      'a misspelt key of a wireless network',
      'wifis: {w: {access-points: {x: {passwort: long-enough}}}}',
      '2:33 error key-unknown',
    ],
    [
      'an unknown event to wake for',
      'wifis: {w: {wakeonwlan: [all], access-points: {x: {}}}}',
      '2:26 error value-invalid',
    ],
    [
      'a malformed end of a tunnel',
      'tunnels: {t: {mode: gre, local: 1.1.O.1, remote: 192.0.2.2}}',
      '2:33 error network-gateway',
    ],
    [
      'a peer without prefix length',
      `tunnels: {t: {mode: wireguard, key: /k, peers: [{allowed-ips: [10.0.0.1], ${publicKey}}]}}`,
      '2:64 error network-address',
    ],
    [
      'a peer without port',
      `tunnels: {t: {mode: wireguard, key: /k, peers: [{endpoint: 192.0.2.1, ${peer}}]}}`,
      '2:60 error network-address',
    ],
    ['a tunnel that ends nowhere', 'tunnels: {t: {mode: gre, local: 192.0.2.1}}', '2:11 error key-missing'],
    [
      'a tunnel without its own address',
      'tunnels: {t: {mode: gre, remote: 192.0.2.1}}',
      '2:11 warning key-missing',
    ],
    [
      'an end of the other protocol',
      'tunnels: {t: {mode: ip6gre, local: "2001:db8::1", remote: 192.0.2.2}}',
      '2:59 error network-address',
    ],
    ['a VXLAN without number', 'tunnels: {t: {mode: vxlan}}', '2:11 error key-missing'],
    [
      'a VXLAN between two protocols',
      'tunnels: {t: {mode: vxlan, id: 5, local: 192.0.2.1, remote: "2001:db8::1"}}',
      '2:61 error network-address',
    ],
    ['a key where none belongs', `tunnels: {t: {mode: ipip, key: 5, ${ends}}}`, '2:32 error value-invalid'],
    ['a malformed key', `tunnels: {t: {mode: gre, keys: {input: x5}, ${ends}}}`, '2:40 error value-invalid'],
    [
      'a kind of tunnel that networkd lacks',
      `tunnels: {t: {mode: isatap, ${ends}}}`,
      '2:21 error value-invalid',
    ],
    [
      'a kind of tunnel that NetworkManager lacks',
      `tunnels: {t: {mode: gretap, renderer: NetworkManager, ${ends}}}`,
      ['2:21 error value-invalid', '2:39 warning network-unsupported'],
    ],
    [
      'WireGuard without a private key',
      `tunnels: {t: {mode: wireguard, peers: [{${peer}}]}}`,
      '2:11 error key-missing',
    ],
    [
      'WireGuard with a key that is cut',
      `tunnels: {t: {mode: wireguard, key: abc=, peers: [{${peer}}]}}`,
      '2:37 error value-invalid',
    ],
    ['WireGuard without peers', 'tunnels: {t: {mode: wireguard, key: /k}}', '2:11 error key-missing'],
    [
      'a peer without a public key',
      'tunnels: {t: {mode: wireguard, key: /k, peers: [{allowed-ips: [10.0.0.0/8]}]}}',
      '2:49 error key-missing',
    ],
    [
      'a peer with a public key in a file',
      'tunnels: {t: {mode: wireguard, key: /k, peers: [{keys: {public: /k}, allowed-ips: [10.0.0.0/8]}]}}',
      '2:65 error value-invalid',
    ],
    [
      'a peer to which nothing is sent',
      `tunnels: {t: {mode: wireguard, key: /k, peers: [{${publicKey}}]}}`,
      '2:49 error key-missing',
    ],
    [
      'a wireless card with an empty list of networks',
      'wifis: {w: {access-points: {}}}',
      '2:28 error key-missing',
    ],
    [
      'a wireless card that networkd shall find by its address',
      'wifis: {w: {match: {macaddress: "52:54:00:00:00:01"}, access-points: {x: {}}}}',
      '2:20 error network-match',
    ],
    [
      'an access point for networkd',
      'wifis: {w: {access-points: {x: {mode: ap}}}}',
      '2:39 error value-invalid',
    ],
    [
      'a channel that the band has not',
      'wifis: {w: {access-points: {x: {band: 5GHz, channel: 14}}}}',
      '2:54 error value-range',
    ],
    [
      'a channel that the band has not, for NetworkManager',
      'wifis: {w: {renderer: NetworkManager, access-points: {x: {band: 2.4GHz, channel: 36}}}}',
      ['2:23 warning network-unsupported', '2:82 error value-range'],
    ],
    [
      'a short passphrase of the authentication',
      'wifis: {w: {access-points: {x: {auth: {key-management: psk, password: short}}}}}',
      '2:71 warning value-range',
    ],
    [
      'a route of a VRF in another table',
      'vrfs: {x: {table: 5, routes: [{to: 192.0.2.0/24, scope: link, table: 6}]}}',
      '2:70 error network-route',
    ],
    [
      'a route from an address of the other family',
      'ethernets: {a: {dhcp4: true, routes: [{to: 10.0.0.0/8, via: 192.0.2.1, from: "2001:db8::1"}]}}',
      '2:78 error network-route',
    ],
    [
      'a rule of a VRF for another table',
      'vrfs: {x: {table: 5, routing-policy: [{from: 192.0.2.0/24, table: 5}, {from: 192.0.2.1, table: 254}]}}',
      '2:96 error network-route',
    ],
    [
      'a word for domains of routers that is none',
      'ethernets: {a: {accept-ra: true, ra-overrides: {use-domains: routes}}}',
      '2:62 error value-invalid',
    ],
    [
      'a word for domains of DHCP that is none',
      'ethernets: {a: {dhcp4: true, dhcp4-overrides: {use-domains: search}}}',
      '2:61 warning value-invalid',
    ],
    [
      'authentication that netplan of Debian 12 is too old for',
      'wifis: {w: {access-points: {x: {auth: {key-management: sae, password: long-enough}}}}}',
      '2:56 warning network-unsupported',
    ],
    [
      'authentication at a switch that netplan of Debian 12 is too old for',
      'ethernets: {a: {auth: {key-management: 802.1x, method: leap, identity: a, password: b}}}',
      '2:56 warning network-unsupported',
    ],
    [
      'an event beside the usual ones',
      'wifis: {w: {wakeonwlan: [tcp, default], access-points: {x: {}}}}',
      '2:31 error value-invalid',
    ],
    ['two drivers in one text', 'ethernets: {a: {match: {driver: "igb ixgbe"}}}', '2:33 error network-match'],
    ['no driver at all', 'ethernets: {a: {match: {driver: []}}}', '2:33 error network-match'],
    [
      'LACP of Open vSwitch outside a bond',
      'bridges: {b: {openvswitch: {lacp: active}}}',
      ['2:15 warning network-unsupported', '2:29 error value-invalid'],
    ],
    [
      'a controller outside a bridge',
      'ethernets: {a: {openvswitch: {controller: {addresses: ["tcp:192.0.2.1"]}}}}',
      ['2:17 warning network-unsupported', '2:31 error value-invalid'],
    ],
    [
      'a patch with one port',
      'openvswitch: {ports: [[a]]}',
      ['2:1 warning network-unsupported', '2:23 error value-invalid'],
    ],
    [
      'an unknown version of OpenFlow',
      'bridges: {b: {openvswitch: {protocols: [OpenFlow9]}}}',
      ['2:15 warning network-unsupported', '2:41 error value-invalid'],
    ],
    [
      'DHCP for IPv6 without a link-local address to ask from',
      'ethernets: {a: {link-local: [ipv4], dhcp6: true}, b: {link-local: [], dhcp4: true}}',
      '2:44 warning value-invalid',
    ],
    [
      'an empty list in the place of wireless networks',
      'wifis: {w: {access-points: []}}',
      '2:28 error value-type',
    ],
    [
      'a TCP packet that networkd shall wake for',
      'wifis: {w: {wakeonwlan: [tcp], access-points: {x: {}}}}',
      '2:26 error value-invalid',
    ],
    ['a port that is chosen', `tunnels: {t: {mode: vxlan, id: 5, port: auto}}`, '2:41 error value-type'],
    [
      'a range of one port',
      'tunnels: {t: {mode: vxlan, id: 5, port-range: [4000]}}',
      '2:47 error value-invalid',
    ],
    [
      'a misspelt key of a tunnel',
      `tunnels: {t: {mode: gre, keys: {inptu: 5}, ${ends}}}`,
      '2:33 error key-unknown',
    ],
    ['keys of a tunnel as a list', `tunnels: {t: {mode: gre, keys: [5], ${ends}}}`, '2:32 error value-type'],
    [
      'a key that an agent is asked for',
      `tunnels: {t: {mode: wireguard, keys: {private-key-flags: [agent-owned]}, peers: [{${peer}}]}}`,
      '2:39 warning network-unsupported',
    ],
    ['the filter of a card at a card', 'ethernets: {a: {renderer: sriov}}', '2:27 error value-invalid'],
    ['the filter of a card for all bridges', 'bridges: {renderer: sriov, b: {}}', '2:21 error value-invalid'],
    [
      'the filter of a card for all VLANs',
      'ethernets: {a: {virtual-function-count: 1}}\nvlans: {renderer: sriov, v: {id: 5, link: a}}',
      '3:19 warning value-invalid',
    ],
    [
      'a card that waits for functions which it lacks',
      'ethernets: {a: {delay-virtual-functions-rebind: true}}',
      '2:49 error value-invalid',
    ],
    [
      'the switch of a card without functions',
      'ethernets: {a: {embedded-switch-mode: switchdev}}',
      '2:39 warning value-invalid',
    ],
    [
      'a connection that does not say what it is',
      'nm-devices: {n: {networkmanager: {passthrough: {connection.id: x}}}}',
      '2:14 error key-missing',
    ],
    [
      'a connection without its renderer',
      'nm-devices: {n: {networkmanager: {passthrough: {connection.type: vpn}}}}',
      '2:14 warning key-missing',
    ],
    [
      'a port of two patches',
      'openvswitch: {ports: [[a, b], [a, c]]}',
      ['2:1 warning network-unsupported', '2:32 error value-invalid'],
    ],
    [
      'a controller on a side that there is not',
      'bridges: {b: {openvswitch: {controller: {addresses: ["tcp:192.0.2.1"], connection-mode: side}}}}',
      ['2:15 warning network-unsupported', '2:89 error value-invalid'],
    ],
    [
      'a bond in a mode of Open vSwitch',
      'ethernets: {a: {}}\nbonds: {b: {interfaces: [a], parameters: {mode: balance-tcp}}}',
      '3:49 warning network-unsupported',
    ],
    [
      'a list of targets that is an empty text',
      'ethernets: {a: {}}\nbonds: {b: {interfaces: [a], parameters: {mode: active-backup, mii-monitor-interval: 100, arp-ip-targets: ""}}}',
      ['3:91 warning network-bond', '3:107 warning network-bond'],
    ],
    [
      'a wireless port that is not defined, beside what only netplan reads',
      'renderer: networkd\nbridges: {b: {interfaces: [wlan0]}}',
      '3:28 error network-link-unknown',
    ],
  ])('%s', (_name, body, finding) => expect(verdictOf(v2(body)).findings).toEqual([finding].flat()));
});

describe('what netplan takes', () => {
  test.each([
    'ethernets: {vf0: {link: eno1}, eno1: {delay-virtual-functions-rebind: true, embedded-switch-mode: switchdev}}',
    'ethernets: {a: {virtual-function-count: 2}}\nvlans: {v: {id: 5, link: a, renderer: sriov}}',
    'tunnels: {t: {mode: vxlan, id: 5, port: 4789, port-range: [4000, 5000]}}',
    'wifis: {w: {access-points: {home: {}, away: {password: long-enough, hidden: true}}}}',
    'ethernets: {all: {match: {name: "en*"}, dhcp4: true}}',
    `tunnels: {t: {mode: wireguard, key: ((secret.wg)), peers: [{endpoint: "[2001:db8::1]:51820", ${peer}}, {endpoint: "vpn.example.org:51820", ${peer}}]}}`,
    `tunnels: {t: {mode: gre, key: 192.0.2.9, ${ends}}, s: {mode: vti, keys: {input: 1, output: 2}, ${ends}}}`,
    'tunnels: {t: {mode: vxlan, id: 5, local: "2001:db8::1", remote: "2001:db8::2"}}',
    'wifis: {w: {access-points: {x: {band: 5G, channel: 36, auth: {key-management: eap, password: x}}}}}',
    'ethernets: {a: {match: {driver: [igb, "ixgbe*"]}}}',
    'ethernets: {a: {dhcp6: true, ra-overrides: {use-dns: no, use-domains: route, table: 120}}}',
    'ethernets: {a: {dhcp4: true, dhcp4-overrides: {use-domains: Yes}}, b: {dhcp6: true, dhcp6-overrides: {use-domains: ((var.d))}}}',
    'vrfs: {x: {table: 5, routes: [{to: 192.0.2.0/24, scope: link, table: 5}], routing-policy: [{from: 192.0.2.1}]}}',
    'ethernets: {a: {}}\nxfrm-interfaces: {x: {if_id: 0x2B, link: a}, y: {if_id: 42, independent: true}}',
  ])('%s', (body) => expect(verdictOf(v2(body)).findings).toEqual([]));

  test('a gateway of a VRF whose members have their addresses elsewhere', () => {
    const body = 'vrfs: {x: {table: 1, routes: [{to: default, via: 192.0.2.1}]}}';
    expect(verdictOf(v2(body)).findings).toEqual(['2:50 warning network-gateway']);
  });
});
