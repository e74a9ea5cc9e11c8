import { importAirship } from './import-airship.ts';

/** A set of an ephemeral host and a worker as `kustomize build` prints it. */
export const validSet = `# rendered
apiVersion: v1
kind: Secret
metadata:
  name: eph-bmc
type: Opaque
stringData:
  username: admin
  password: "0815"
---
apiVersion: v1
kind: Secret
metadata:
  labels:
    airshipit.org/ephemeral-user-data: "true"
  name: isogen-userdata
type: Opaque
data:
  userData: null
stringData:
  userData: |
    #cloud-config
    # kept as it is
    package_update: false
    runcmd:
      - [kubeadm, init]
---
apiVersion: v1
kind: Secret
metadata:
  name: eph-network
  namespace: metal3
data:
  networkData: bGlua3M6IFtdCg==
stringData:
  networkData: |
    links:
      - {id: oam0, type: phy, ethernet_mac_address: "52:54:00:20:10:02"}
      - {id: pxe0, name: pxe0, type: phy, ethernet_mac_address: "52:54:00:20:10:01", mtu: "1500"}
    networks:
      - {id: oam, type: ipv4, link: oam0, ip_address: 10.20.0.10, netmask: 255.255.255.0}
    services: []
---
apiVersion: metal3.io/v1alpha1
kind: BareMetalHost
metadata:
  name: eph-1.edge.example
  labels:
    airshipit.org/ephemeral-node: "true"
  annotations:
spec:
  online: true
  bootMACAddress: 52:54:00:20:10:01
  bmc:
    address: redfish+https://10.10.0.10/redfish/v1/Systems/1
    credentialsName: eph-bmc
  networkData:
    name: eph-network
    namespace: metal3
status:
  provisioning:
---
apiVersion: v1
kind: Secret
metadata:
  name: wk-1-data
data:
  networkData: eyJsaW5rcyI6IFtdLCAibmV0d29ya3MiOiBbXSwgInNlcnZpY2VzIjogW119
  userData: I2Nsb3VkLWNvbmZpZwpwYWNrYWdlX3VwZ3JhZGU6IGZhbHNlCg==
---
apiVersion: metal3.io/v1alpha1
kind: BareMetalHost
metadata:
  name: wk-1
  labels:
    airshipit.org/k8s-role: worker-host
spec:
  bootMACAddress: "52:54:00:20:21:01"
  bmc: {address: 10.10.0.21, credentialsName: eph-bmc}
  networkData: {name: wk-1-data, namespace: default}
  userData: {name: wk-1-data, namespace: default}
---
apiVersion: airshipit.org/v1alpha1
kind: IsoConfiguration
metadata:
  name: isogen
builder:
  outputFileName: ephemeral.iso
container:
  image: port/image-builder:latest-ubuntu_focal
  volume: /srv/images:/config
`;

export const imported = (...files: readonly (readonly [path: string, text: string])[]) =>
  importAirship(
    files.map(([path, text]) => ({ path, text })),
    { name: 'hall', origin: 'set.yaml.' },
  );

/** Findings as `severity code at TEXT`: what stands in the file at that place, up to the end of its line. */
export function findings(...files: readonly (readonly [path: string, text: string])[]): string[] {
  const texts = new Map(files);
  return imported(...files).diagnostics.map(({ file, range: { start }, severity, code }) => {
    const line = (texts.get(file) ?? '').split(/\r\n|\r|\n/)[start.line - 1] ?? '';
    return `${severity} ${code} at ${line.slice(start.column - 1)}`;
  });
}
