import type { Kind } from '../site/document-kinds.ts';
import { nameOfPath } from '../site/document-kinds.ts';

const header = (kind: string, name: string) =>
  `apiVersion: siteforge/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec:\n`;

const skeletons: Partial<Record<Kind, { label: string; text: (name: string) => string }>> = {
  site: {
    label: 'New site',
    text: () =>
      `${header('Site', 'my-site')}  release: bookworm\n  dns:\n    servers: []\n    search: []\n  timezone: UTC\n  adminKeys: []\n`,
  },
  host: {
    label: 'New host',
    text: (name) =>
      `${header('Host', name)}  role: worker\n  profile: \n  macs:\n    eno1: "52:54:00:00:00:01"\n  network:\n    ref: \n  userData: []\n  variables: {}\n`,
  },
  'host-profile': {
    label: 'New host profile',
    text: (name) =>
      `${header('HostProfile', name)}  kernel:\n    arguments: []\n    modules:\n      load: []\n  packages:\n    install: []\n  console:\n    serial:\n      port: ttyS0\n      baud: 115200\n`,
  },
  image: {
    label: 'New image',
    text: (name) =>
      `${header('Image', name)}  base: debian-minimal\n  profile: \n  outputs:\n    - format: iso\n`,
  },
  'network-config': {
    label: 'New network',
    text: () =>
      'version: 2\nethernets:\n  eno1:\n    match:\n      macaddress: ((mac.eno1))\n    set-name: eno1\n    addresses:\n      - ((var.address))/24\n',
  },
  'cloud-config': {
    label: 'New user-data fragment',
    text: () =>
      '#cloud-config\nmerge_how:\n  - name: list\n    settings: [append]\n  - name: dict\n    settings: [no_replace, recurse_list]\n\nwrite_files: []\nruncmd: []\n',
  },
};

export interface Skeleton {
  readonly label: string;
  readonly text: string;
}

/** A first text for an empty document, by its kind. */
export function skeletonOf(kind: Kind | undefined, file: string): Skeleton | undefined {
  const found = kind === undefined ? undefined : skeletons[kind];
  return found && { label: found.label, text: found.text(nameOfPath(file)) };
}
