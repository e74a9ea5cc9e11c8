/** A small site in which everything stands where it belongs. */
export type Texts = Readonly<Record<string, string>>;

/** Of an authority made for these tests. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBiTCCAS+gAwIBAgIUJgEnl9/6DWcYs/G63p/tHdTFf34wCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwORWRnZSBhdXRob3JpdHkwIBcNMjYxMTIxMDkwMzM2WhgPMjEy
NjEwMjgwOTAzMzZaMBkxFzAVBgNVBAMMDkVkZ2UgYXV0aG9yaXR5MFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAE6221uySpgsnZt5T5YOtb85Wzt8lS12CbZqIu//F4
pgVJp+LTHEskXuwe9S85+kw6O64Na9g1UcOIu1Oawu1WyaNTMFEwHQYDVR0OBBYE
FH7yX6U+1MThQ/o4sxzYrKWKXR+jMB8GA1UdIwQYMBaAFH7yX6U+1MThQ/o4sxzY
rKWKXR+jMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgAS5z8DgO
d5kF4OmEnVEa7Qju/MBK9AfCJuIYQXCQELMCIQD0z9TbNyhQMM1PEPr8EL0gc0it
bcLEsVR/W6Gh5XJ3JQ==
-----END CERTIFICATE-----
`;

export const edgeSite: Texts = {
  'site.yaml':
    'apiVersion: siteforge/v1\nkind: Site\nmetadata: {name: edge}\nspec:\n  timezone: Europe/Berlin\n  dns: {servers: [10.20.0.1]}\n',
  'hosts/wk-1.yaml': `apiVersion: siteforge/v1
kind: Host
metadata:
  name: wk-1
spec:
  domain: edge.example
  role: worker
  profile: edge
  macs:
    eno1: "02:00:00:00:01:11"
  bmc: {address: "ipmi://10.0.9.11"}
  network: {ref: oam}
  userData: [base]
  variables: {address: 10.20.0.11, nic: eno1}
`,
  'profiles/edge.yaml':
    'apiVersion: siteforge/v1\nkind: HostProfile\nmetadata: {name: edge}\nspec:\n  console: {video: true}\n',
  'images/edge.yaml':
    'apiVersion: siteforge/v1\nkind: Image\nmetadata: {name: edge}\nspec:\n  profile: edge\n  outputs:\n    - format: iso\n',
  'networks/oam.yaml': `version: 2
ethernets:
  eno1:
    match: {macaddress: ((mac.eno1))}
    set-name: eno1
    addresses: [((var.address))/24]
    routes: [{to: default, via: 10.20.0.1}]
`,
  'user-data/base.yaml': '#cloud-config\nssh_pwauth: false\n',
};

export function withText(path: string, text: string): Texts {
  return { ...edgeSite, [path]: text };
}

/** The site with this fragment in the place of its own. */
export const userData = (text: string): Texts => withText('user-data/base.yaml', `#cloud-config\n${text}\n`);

/** The site with a profile of this `spec`. */
export const profile = (spec: string): Texts =>
  withText(
    'profiles/edge.yaml',
    `apiVersion: siteforge/v1\nkind: HostProfile\nmetadata: {name: edge}\nspec:\n${spec.replace(/^/gm, '  ')}\n`,
  );
