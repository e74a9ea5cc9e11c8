/** A small site, whole; `failing` adds mistakes of the kind that people make. */
export function exampleDocuments(failing: boolean, hosts: number): Record<string, string> {
  const documents: Record<string, string> = {
    'site.yaml': `apiVersion: siteforge/v1
kind: Site
metadata:
  name: edge-berlin
spec:
  release: bookworm
  timezone: Europe/Berlin
  dns:
    servers: [10.20.100.53]
    search: [berlin.example.net]
  ntp:
    servers: [10.20.100.123]
`,
    'profiles/realtime.yaml': `apiVersion: siteforge/v1
kind: HostProfile
metadata:
  name: realtime
spec:
  kernel:
    package: linux-image-rt-amd64
    arguments: [quiet]
  cpu:
    isolated: "2-7"
  hugepages:
    default: 1G
    pages:
      - {size: 1G, count: 16}
`,
    'networks/bonded.yaml': `version: 2
ethernets:
  eno1:
    match: {macaddress: ((mac.eno1))}
    set-name: eno1
    mtu: 9000
  eno2:
    match: {macaddress: ((mac.eno2))}
    set-name: eno2
    mtu: 9000
bonds:
  bond0:
    interfaces: [eno1, eno2]
    mtu: 9000
    parameters: {mode: 802.3ad, mii-monitor-interval: 100}
vlans:
  bond0.100:
    id: 100
    link: bond0
    mtu: 1500
    addresses: [((var.address))]
    routes:
      - {to: default, via: 10.20.100.1}
  bond0.200:
    id: 200
    link: bond0
    addresses: [((var.storageAddress))]
`,
    'user-data/base.yaml': `#cloud-config
package_update: false
write_files:
  - path: /etc/motd
    content: |
      Property of the field team.
`,
    'user-data/worker.yaml': `#cloud-config
runcmd:
  - [systemctl, enable, --now, kubelet]
`,
    'images/live.yaml': `apiVersion: siteforge/v1
kind: Image
metadata:
  name: live
spec:
  base: debian-minimal
  architecture: amd64
  profile: realtime
  elements: [site-base]
  outputs:
    - {format: iso}
`,
  };
  for (let number = 1; number <= hosts; number++) {
    const name = `node-${String(number).padStart(2, '0')}`;
    const last = number % 250;
    const key = failing && number === 3 ? 'netwrok' : 'network';
    const address =
      failing && number === 5 ? '10.20.100.14/24' : `10.20.${100 + Math.floor(number / 250)}.${last + 10}/24`;
    documents[`hosts/${name}.yaml`] = `apiVersion: siteforge/v1
kind: Host
metadata:
  name: ${name}
spec:
  role: ${number === 1 ? 'control-plane' : 'worker'}
  profile: realtime
  ${key}: {ref: bonded}
  macs:
    eno1: "52:54:00:12:${hex(number)}:01"
    eno2: "52:54:00:12:${hex(number)}:02"
  userData: [base, worker]
  variables:
    address: ${address}
    storageAddress: 10.20.200.${last + 10}/24
`;
  }
  return documents;
}

function hex(number: number): string {
  return (number % 256).toString(16).padStart(2, '0');
}
