import {
  anything,
  boolean,
  choice,
  formatted,
  integer,
  type KeyTable,
  listOf,
  table,
  text,
} from './value-shape.ts';

/** Settings that are passed through: known, so that they are no errors, and not interpreted. */

export const openVSwitchKeys: KeyTable = {
  'external-ids': { shape: anything, description: 'Passed to Open vSwitch.' },
  'other-config': { shape: anything, description: 'Passed to Open vSwitch.' },
  lacp: { shape: choice(['active', 'passive', 'off']), description: 'LACP of a bond.', default: 'off' },
  'fail-mode': {
    shape: choice(['secure', 'standalone']),
    description: 'What a bridge does without its controller.',
    default: 'standalone',
  },
  'mcast-snooping': { shape: boolean, description: 'Multicast snooping of a bridge.', default: false },
  protocols: {
    shape: listOf(choice(['10', '11', '12', '13', '14', '15', '16'].map((version) => `OpenFlow${version}`))),
    description: 'OpenFlow versions, OpenFlow10 to OpenFlow16.',
  },
  rstp: { shape: boolean, description: 'Rapid spanning tree of a bridge.', default: false },
  controller: {
    shape: table({
      addresses: { shape: listOf(text), description: 'Targets, such as tcp:192.0.2.1:6653.' },
      'connection-mode': {
        shape: choice(['in-band', 'out-of-band']),
        description: 'Whether the controller is reached through the bridge itself.',
      },
    }),
    description: 'OpenFlow controller of a bridge.',
  },
  ports: { shape: listOf(listOf(text)), description: 'Pairs of patch ports.' },
  ssl: { shape: anything, description: 'Certificates of the switch.' },
};

export const networkManagerKeys: KeyTable = {
  name: { shape: text, description: 'Name of the connection.' },
  uuid: { shape: text, description: 'UUID of the connection.' },
  'stable-id': { shape: text, description: 'Stable ID of the connection.' },
  device: { shape: text, description: 'Interface of the connection.' },
  passthrough: { shape: anything, description: 'Keyfile settings that netplan has no word for.' },
};

export const authenticationKeys: KeyTable = {
  'key-management': {
    shape: choice(['none', 'psk', 'psk-sha256', 'eap', 'eap-sha256', 'eap-suite-b-192', 'sae', '802.1x']),
    description: 'Kind of authentication; 802.1x for wired ports.',
  },
  password: { shape: text, description: 'Password, or pre-shared key.' },
  method: { shape: choice(['tls', 'peap', 'ttls', 'leap', 'pwd']), description: 'EAP method.' },
  identity: { shape: text, description: 'Identity for EAP.' },
  'anonymous-identity': { shape: text, description: 'Identity that is sent in the clear.' },
  'ca-certificate': { shape: text, description: 'Path of the certificate authority’s certificates.' },
  'client-certificate': { shape: text, description: 'Path of the client’s certificate.' },
  'client-key': { shape: text, description: 'Path of the client’s private key.' },
  'client-key-password': { shape: text, description: 'Password of the private key.' },
  'phase2-auth': { shape: text, description: 'Authentication inside the tunnel.' },
};

const accessPointKeys: KeyTable = {
  mode: {
    shape: choice(['infrastructure', 'adhoc', 'ap']),
    description: 'What the card is in the network; ap with NetworkManager only.',
    default: 'infrastructure',
  },
  password: {
    shape: text,
    description: 'Passphrase of 8 to 63 characters, or a key of 64 hexadecimal digits.',
  },
  bssid: { shape: formatted('mac-match'), description: 'The one station to use.' },
  band: { shape: choice(['2.4GHz', '2.4G', '5GHz', '5G']), description: 'Band of the network.' },
  channel: { shape: integer(1, 196), description: 'Channel of the network; needs a band.' },
  hidden: { shape: boolean, description: 'The network does not show its name.', default: false },
  auth: { shape: table(authenticationKeys), description: 'Authentication.' },
  networkmanager: {
    shape: table(networkManagerKeys),
    description: 'Settings that only NetworkManager reads.',
  },
};

export const wifiKeys: KeyTable = {
  'access-points': {
    shape: { type: 'named', values: table(accessPointKeys) },
    description: 'Wireless networks by SSID.',
    required: { code: 'key-missing', message: 'The wireless card has no network; add “access-points”.' },
  },
  wakeonwlan: {
    shape: listOf(
      choice([
        ...['default', 'any', 'disconnect', 'magic_pkt', 'gtk_rekey_failure', 'eap_identity_req'],
        ...['four_way_handshake', 'rfkill_release', 'tcp'],
      ]),
    ),
    description: 'What wakes the machine over the air.',
  },
  'regulatory-domain': { shape: text, description: 'Country code, or 00.' },
  auth: { shape: table(authenticationKeys), description: 'Authentication.' },
};

export const modemKeys: KeyTable = {
  apn: { shape: text, description: 'Access point name of the carrier.' },
  'auto-config': { shape: boolean, description: 'Look the carrier up in a database.' },
  'device-id': { shape: text, description: 'ID of the modem.' },
  'network-id': { shape: text, description: 'ID of the network to stay in.' },
  number: { shape: text, description: 'Number to dial.' },
  password: { shape: text, description: 'Password at the carrier.' },
  pin: { shape: text, description: 'PIN of the SIM.' },
  'sim-id': { shape: text, description: 'ID of the SIM.' },
  'sim-operator-id': { shape: text, description: 'ID of the SIM’s operator.' },
  username: { shape: text, description: 'User name at the carrier.' },
};

export const tunnelModes: readonly string[] = [
  ...['sit', 'gre', 'gretap', 'ip6gre', 'ip6gretap', 'ipip', 'ipip6', 'ip6ip6', 'vti', 'vti6', 'isatap'],
  ...['wireguard', 'vxlan'],
];

const peerKeys: KeyTable = {
  endpoint: { shape: formatted('endpoint'), description: 'Address or name and UDP port of the peer.' },
  'allowed-ips': {
    shape: listOf(formatted('interface-address')),
    description: 'Networks behind the peer, each with its prefix length.',
  },
  keepalive: { shape: integer(0, 65535), description: 'Seconds between packets that keep the way open.' },
  keys: {
    shape: table({
      public: { shape: text, description: 'Public key of the peer.' },
      shared: { shape: text, description: 'Key that both share, or the path of its file.' },
    }),
    description: 'Keys of the peer.',
  },
};

export const tunnelKeys: KeyTable = {
  mode: {
    shape: choice(tunnelModes),
    description: 'Kind of tunnel.',
    required: { code: 'key-missing', message: 'The tunnel has no “mode”.' },
  },
  local: { shape: formatted('gateway'), description: 'Local end of the tunnel.' },
  remote: { shape: formatted('gateway'), description: 'Remote end of the tunnel.' },
  ttl: { shape: integer(0, 255), description: 'Time to live, 1 to 255.' },
  key: { shape: anything, description: 'Key, or keys for input, output and private.' },
  keys: { shape: anything, description: 'Another name of key.' },
  mark: { shape: integer(0, 0xffff_ffff), description: 'Firewall mark of WireGuard’s packets.' },
  // netplan’s manual has “auto” as well, which neither 0.106 nor 1.1 can read.
  port: { shape: integer(0, 65535), description: 'UDP port; netplan chooses one when it is left out.' },
  peers: { shape: listOf(table(peerKeys)), description: 'Peers of WireGuard.' },
  id: { shape: integer(1, 0xffffff), description: 'VXLAN network identifier, 1 to 16777215.' },
  link: { shape: text, description: 'Link that carries the VXLAN.' },
  'type-of-service': { shape: integer(0, 255), description: 'Type of service of the packets.' },
  'mac-learning': { shape: boolean, description: 'Learn remote MAC addresses.' },
  ageing: { shape: formatted('duration'), description: 'Seconds for which a MAC address is remembered.' },
  aging: { shape: formatted('duration'), description: 'Another name of ageing.' },
  limit: { shape: integer(0, 0xffff_ffff), description: 'Most MAC addresses to remember.' },
  'arp-proxy': { shape: boolean, description: 'Answer ARP for remote hosts.' },
  notifications: { shape: listOf(choice(['l2-miss', 'l3-miss'])), description: 'Misses that are reported.' },
  'short-circuit': { shape: boolean, description: 'Short-circuit routing.' },
  checksums: {
    shape: listOf(choice(['udp', 'zero-udp6-tx', 'zero-udp6-rx', 'remote-tx', 'remote-rx'])),
    description: 'Which checksums are sent.',
  },
  extensions: {
    shape: listOf(choice(['group-policy', 'generic-protocol'])),
    description: 'VXLAN extensions.',
  },
  'port-range': { shape: listOf(integer(1, 65535)), description: 'Lowest and highest source port.' },
  'flow-label': { shape: integer(0, 1048575), description: 'IPv6 flow label.' },
  'do-not-fragment': { shape: boolean, description: 'Set the “do not fragment” bit.' },
};
