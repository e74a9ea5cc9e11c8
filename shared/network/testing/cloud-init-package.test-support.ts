import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of cloud-init's Python, from Debian's package: downloaded with apt and unpacked into the cache. It is never
 * installed, since a machine with cloud-init would configure itself at its next start. Throws with apt's own words.
 */
export function unpackCloudInit(): string {
  const cache = join(
    process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
    'siteforge',
    'cloud-init-package',
  );
  const root = join(cache, 'root');
  const python = join(root, 'usr/lib/python3/dist-packages');
  if (existsSync(join(python, 'cloudinit'))) return python;
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'download-'));
  try {
    execFileSync('apt-get', ['-q', 'download', 'cloud-init'], { cwd: folder, stdio: 'pipe' });
    const [archive] = readdirSync(folder).filter((name) => name.endsWith('.deb'));
    if (archive === undefined) throw new Error('apt-get left no package of cloud-init.');
    execFileSync('dpkg-deb', ['-x', archive, 'root'], { cwd: folder, stdio: 'pipe' });
    rmSync(root, { recursive: true, force: true });
    renameSync(join(folder, 'root'), root);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return python;
}

export interface ConvertJob {
  readonly kind: 'yaml' | 'network_data.json';
  readonly text: string;
  readonly output: 'netplan' | 'networkd' | 'eni' | 'sysconfig' | 'network-manager';
  /** `NAME,MAC` of cards that the machine has. */
  readonly macs?: readonly string[];
}

export type Converted = { readonly files: Readonly<Record<string, string>> } | { readonly error: string };

/** What `cloud-init devel net-convert` makes of each document. */
export function netConvert(python: string, jobs: readonly ConvertJob[]): Converted[] {
  const output = execFileSync(
    '/usr/bin/python3',
    [fileURLToPath(new URL('net-convert.py', import.meta.url))],
    {
      input: JSON.stringify(jobs),
      env: { ...process.env, PYTHONPATH: python },
      maxBuffer: 256 * 1024 * 1024,
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  return JSON.parse(output.toString('utf8')) as Converted[];
}
