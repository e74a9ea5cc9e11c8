import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ValueCipher } from './key-store.ts';

const documents: Readonly<Record<string, string>> = {
  'site.yaml': 'apiVersion: siteforge/v1\nkind: Site\nmetadata:\n  name: hall\nspec:\n  release: bookworm\n',
  'profiles/node.yaml': 'apiVersion: siteforge/v1\nkind: HostProfile\nmetadata:\n  name: node\nspec: {}\n',
  'user-data/access.yaml': `#cloud-config
users:
  - name: admin
    passwd: ((secret.admin-hash))
    ssh_authorized_keys:
      - ((secret.admin-key))
write_files:
  - path: /etc/node/token
    content: token=((secret.join-token))
  - path: /etc/node/key.pem
    content: ((secret.node-key))
`,
  'networks/hall.yaml': `version: 2
wifis:
  wlan0:
    dhcp4: true
    access-points:
      hall:
        password: ((secret.wifi))
`,
  'hosts/n1.yaml': hostText('n1', '02:00:00:00:00:01'),
  'hosts/n2.yaml': hostText('n2', '02:00:00:00:00:02'),
};

function hostText(name: string, mac: string): string {
  return `apiVersion: siteforge/v1
kind: Host
metadata:
  name: ${name}
spec:
  role: worker
  profile: node
  macs:
    wlan0: "${mac}"
  network:
    ref: hall
  userData: [access]
`;
}

/** A site whose two hosts need five secrets, in a folder of its own. */
export async function makeSmallSite(changes: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), 'siteforge-secrets-')), 'hall');
  for (const [path, text] of Object.entries({ ...documents, ...changes })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

/** Stands for the system's key store, which no test machine has: it turns the bytes round, so that no value is plain. */
export function turningCipher(key = 0x5a): ValueCipher {
  const turn = (bytes: Uint8Array) => bytes.map((byte) => byte ^ key);
  return {
    unusable: () => undefined,
    encrypt: (text) => turn(Buffer.from(text)),
    decrypt: (bytes) => Buffer.from(turn(bytes)).toString(),
  };
}
