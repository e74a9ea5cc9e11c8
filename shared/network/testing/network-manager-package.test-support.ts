import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** What reads and writes keyfiles, with the libraries that no other test needs. */
const packages = ['network-manager', 'libnm0', 'libndp0', 'netplan.io', 'libnetplan0', 'libyaml-0-2'];

/**
 * The folder of NetworkManager’s and netplan’s files, from Debian’s packages: downloaded with apt and unpacked into the
 * cache. They are never installed, since both would configure the machine. Throws with apt’s own words.
 */
export function unpackNetworkManager(): string {
  const cache = join(
    process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
    'siteforge',
    'network-manager-package',
  );
  const root = join(cache, 'root');
  if (existsSync(join(root, 'usr/bin/nmcli'))) return root;
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'download-'));
  try {
    execFileSync('apt-get', ['-q', 'download', ...packages], { cwd: folder, stdio: 'pipe' });
    for (const archive of readdirSync(folder).filter((name) => name.endsWith('.deb'))) {
      execFileSync('dpkg-deb', ['-x', archive, 'root'], { cwd: folder, stdio: 'pipe' });
    }
    rmSync(root, { recursive: true, force: true });
    renameSync(join(folder, 'root'), root);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return root;
}

function environmentOf(root: string): NodeJS.ProcessEnv {
  const libraries = ['usr/lib', 'lib'].flatMap((folder) => {
    const path = join(root, folder);
    const tuples = existsSync(path) ? readdirSync(path).filter((name) => name.endsWith('-linux-gnu')) : [];
    return tuples.map((tuple) => join(path, tuple));
  });
  return { ...process.env, LC_ALL: 'C.UTF-8', LD_LIBRARY_PATH: libraries.join(':') };
}

/** A keyfile as NetworkManager writes it again after reading it. Throws with its own words when it refuses it. */
export function readBack(root: string, keyfile: string): string {
  return execFileSync(join(root, 'usr/bin/nmcli'), ['--offline', 'connection', 'modify'], {
    input: keyfile,
    env: environmentOf(root),
    stdio: ['pipe', 'pipe', 'pipe'],
  }).toString('utf8');
}

/** The keyfiles that netplan makes of a document, by the name of their link. */
export function netplanKeyfiles(root: string, document: string): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'netplan-'));
  try {
    mkdirSync(join(folder, 'etc/netplan'), { recursive: true });
    writeFileSync(join(folder, 'etc/netplan/site.yaml'), document, { mode: 0o600 });
    execFileSync(join(root, 'usr/libexec/netplan/generate'), ['--root-dir', folder], {
      env: environmentOf(root),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const made = join(folder, 'run/NetworkManager/system-connections');
    return new Map(
      (existsSync(made) ? readdirSync(made) : []).map((name) => [
        name.replace(/^netplan-|\.nmconnection$/g, ''),
        readFileSync(join(made, name), 'utf8'),
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `section.key` and value of every setting. */
export function settingsOf(keyfile: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  let section = '';
  for (const line of keyfile.split('\n')) {
    const header = /^\[(.*)\]$/.exec(line)?.[1];
    if (header !== undefined) section = header;
    const equals = line.indexOf('=');
    if (header === undefined && equals > 0)
      settings.set(`${section}.${line.slice(0, equals)}`, line.slice(equals + 1));
  }
  return settings;
}
