import { type Kind, nameOfPath } from '../site/document-kinds.ts';

/** What a new document can take over from its site, so that it is valid from its first line. */
export interface SkeletonFacts {
  readonly domain: string | undefined;
  readonly role: string;
  /** Names of documents; undefined where the site has none. */
  readonly profile: string | undefined;
  readonly network: string | undefined;
  readonly userData: readonly string[];
  /** The interfaces that network and fragments name, with addresses that no host has yet. */
  readonly macs: readonly (readonly [name: string, value: string])[];
  /** The variables that network and fragments ask for, with values as YAML writes them. */
  readonly variables: readonly (readonly [name: string, value: string])[];
}

/** Of an empty site. The MAC address is locally administered: no card leaves its factory with it. */
export const noFacts: SkeletonFacts = {
  domain: undefined,
  role: 'worker',
  profile: undefined,
  network: undefined,
  userData: [],
  macs: [['eno1', '02:00:00:00:00:01']],
  variables: [],
};

export interface Skeleton {
  readonly label: string;
  readonly text: string;
  /** What has to be filled in first: offsets in UTF-16 units. */
  readonly select: { readonly start: number; readonly end: number };
}

/** Around what has to be filled in first. Control characters: no YAML document holds them. */
const [opening, closing] = ['\u0001', '\u0002'];
const fillIn = (text: string) => `${opening}${text}${closing}`;

const head = (kind: string, name: string) =>
  `apiVersion: siteforge/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec:\n`;

type Template = (name: string, facts: SkeletonFacts) => string;

const skeletons: Partial<Record<Kind, { label: string; text: Template }>> = {
  site: {
    label: 'New site',
    text: siteText,
  },
  host: { label: 'New host', text: hostText },
  'host-profile': { label: 'New host profile', text: profileText },
  image: { label: 'New image', text: imageText },
  'network-config': { label: 'New network', text: networkText },
  'cloud-config': { label: 'New user-data fragment', text: fragmentText },
  isogen: { label: 'New isogen configuration', text: isogenText },
};

/** A first text for an empty document, by its kind. */
export function skeletonOf(
  kind: Kind | undefined,
  file: string,
  facts: SkeletonFacts = noFacts,
): Skeleton | undefined {
  const found = kind === undefined ? undefined : skeletons[kind];
  if (found === undefined) return undefined;
  const marked = found.text(nameOfPath(file), facts);
  const start = Math.max(0, marked.indexOf(opening));
  const text = marked.replace(opening, '');
  const end = text.indexOf(closing);
  return {
    label: found.label,
    text: text.replace(closing, ''),
    select: { start, end: end < 0 ? start : end },
  };
}

function siteText(): string {
  return `# What holds for every host. A host, an image or a network may say otherwise in its own document.
${head('Site', fillIn('my-site'))}  # Baked: the Debian release of all images. A change builds them anew.
  release: bookworm

  # Stamped, as all that follows: a change costs milliseconds. Addresses of name servers, such as 192.0.2.53.
  dns:
    servers: []
    search: []

  # That of the people on site, such as Europe/Berlin.
  timezone: UTC

  # Public SSH keys (the .pub files) of who may log in.
  adminKeys: []
`;
}

function hostText(name: string, facts: SkeletonFacts): string {
  const domain = facts.domain === undefined ? '' : `  domain: ${facts.domain}\n`;
  const profile = facts.profile ?? fillIn('');
  return `${head('Host', name)}${domain}  # One of ephemeral, control-plane, worker, storage, edge.
  role: ${facts.role}
  # What is baked into the image that this host boots: a document in profiles/.
  profile: ${profile}

  # From the label on the chassis or the page of the BMC. The names are those that the network uses.
  macs:
${entries(facts.macs.map(([key, value], index) => [key, `"${index === 0 && facts.profile !== undefined ? fillIn(value) : value}"`]))}
${hostNetwork(facts)}
${facts.userData.length === 0 ? '' : `  # Documents in user-data/, merged in this order by the rules of cloud-init.\n  userData: [${facts.userData.join(', ')}]\n\n`}  # What the network and the user-data fill in for this host alone: ((var.NAME)).
${facts.variables.length === 0 ? '  variables: {}\n' : `  variables:\n${entries(facts.variables)}`}`;
}

function hostNetwork({ network, macs }: SkeletonFacts): string {
  if (network !== undefined) {
    return `  # A document in networks/. Several hosts share it: what differs stands in their variables.\n  network:\n    ref: ${network}\n`;
  }
  const link = macs[0]?.[0] ?? 'eno1';
  return `  # Of this host alone. Hosts that are alike share a document in networks/: \`ref: NAME\` instead of \`inline\`.
  network:
    inline:
      version: 2
      ethernets:
        ${link}:
          match:
            macaddress: ((mac.${link}))
          set-name: ${link}
          dhcp4: true
`;
}

function entries(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([key, value]) => `    ${key}: ${value}\n`).join('');
}

function profileText(name: string): string {
  return `# Baked into the image: a change here builds it anew. What belongs to one host is stamped instead.
${head('HostProfile', name)}  packages:
    # Names of Debian packages beyond those that every image has.
    install: [${fillIn('')}]
  kernel:
    # For example isolcpus=2-15. A host may add its own behind these.
    arguments: []
    modules:
      load: []
  console:
    serial:
      port: ttyS0
      # Bits per second, as the BMC's serial over LAN is set.
      baud: 115200
`;
}

function imageText(name: string, { profile }: SkeletonFacts): string {
  return `# Built once, then stamped for each host that boots it.
${head('Image', name)}  # The diskimage-builder element that everything stands on.
  base: debian-minimal
  # What is baked in: a document in profiles/.
  profile: ${fillIn(profile ?? '')}
  outputs:
    # One file for sticks, CDs and virtual media, for BIOS and UEFI.
    - format: iso
`;
}

function networkText(_name: string, { macs, variables }: SkeletonFacts): string {
  const link = macs[0]?.[0] ?? 'eno1';
  const address = variables.find(([key]) => /address$/.test(key))?.[0] ?? 'address';
  return `# In cloud-init's format version 2, the one of netplan. Stamped: a change here never rebuilds an image.
# ((mac.NAME)) and ((var.NAME)) are filled in from the document of each host that refers to this one.
version: 2

ethernets:
  # Found by its MAC address and named here: the name that a kernel gives depends on slots and firmware.
  ${link}:
    match:
      macaddress: ((mac.${link}))
    set-name: ${link}
    addresses:
      - ${fillIn(`((var.${address}))/24`)}
    # The way out, inside the subnet above:
    # routes:
    #   - to: default
    #     via: 192.0.2.1
`;
}

function fragmentText(): string {
  return `#cloud-config
# Hosts name this document under userData. ((host.name)), ((host.fqdn)), ((var.NAME)) are filled in for each.

# How it joins the fragments before it: lists grow and nothing is lost. Without these lines the later of two fragments
# replaces what the earlier says under the same key.
merge_how:
  - name: list
    settings: [append]
  - name: dict
    settings: [no_replace, recurse_list]

# write_files:
#   - path: /etc/example.conf
#     permissions: "0644"
#     content: |
#       # of ((host.name))

# Once, at the end of the first boot. A list is run as it is, a text goes through the shell.
runcmd:
  - [${fillIn('sysctl, --system')}]
`;
}

function isogenText(): string {
  return `# What airshipctl's isogen reads: the inputs of the ephemeral ISO and the container that builds it.
builder:
  imageType: iso
  # Files in the volume itself, without folders.
  userDataFileName: user_data
  networkConfigFileName: network_data.json
  outputMetadataFileName: output-metadata.yaml
  outputFileName: ephemeral.iso
container:
  # A folder of this machine, and where the builder sees it.
  volume: ${fillIn('/srv/images')}:/config
  image: port/image-builder:latest-ubuntu_focal
  containerRuntime: docker
`;
}
