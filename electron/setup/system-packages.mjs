/**
 * A Debian package, or names for the same thing in order of preference: a library with a 64-bit time type got a new
 * name in Debian 13 and Ubuntu 24.04.
 * @typedef {{names: readonly [string, ...string[]], why: string}} SystemPackage
 */

/**
 * @param {string} why
 * @param {...[string, ...string[]]} packages
 * @returns {SystemPackage[]}
 */
const group = (why, ...packages) => packages.map((names) => ({ names, why }));

/** Libraries that Electron links or opens at run time (found with ldd and by starting it on a minimal Debian 12). */
const WINDOW = group(
  'the window',
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libnss3'],
  ['libgbm1'],
  ['libasound2t64', 'libasound2'],
  ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
  ['libcups2t64', 'libcups2'],
  ['libxkbcommon0'],
  ['libdrm2'],
  ['fonts-dejavu-core'],
);

const BUILDER_BASE = group("the builder image's base system", ['debootstrap'], ['debian-archive-keyring']);

/** What `npm run quickstart` needs beside a container engine. */
export const QUICKSTART_PACKAGES = Object.freeze([...WINDOW, ...BUILDER_BASE]);

/**
 * Installed only when no container engine answers.
 *
 * @param {{apparmor: boolean, cgroups: boolean}} kernel `apparmor`: it is switched on, and an engine without the tool
 *   that loads its profiles refuses every container; `cgroups`: somebody has mounted the control groups
 * @returns {SystemPackage[]}
 */
export function enginePackages(kernel) {
  const names = /** @type {[string][]} */ ([['docker.io'], ['iptables']]);
  if (kernel.apparmor) names.push(['apparmor']);
  if (!kernel.cgroups) names.push(['cgroupfs-mount']);
  return group('the container engine', ...names);
}

/** What `npm test` needs beside all that. */
export const TEST_PACKAGES = Object.freeze([
  ...QUICKSTART_PACKAGES,
  ...group('a display for the journeys through the window', ['xvfb']),
  ...group('boot tests', ['qemu-system-x86'], ['qemu-utils'], ['ovmf']),
  ...group('a look into images', ['xorriso']),
  ...group("the builders' own tests", ['python3']),
  // What cloud-init imports: its package is unpacked and asked, not installed.
  ...group(
    "cloud-init's own verdict, to compare ours with",
    ['python3-yaml'],
    ['python3-jsonschema'],
    ['python3-jinja2'],
    ['python3-configobj'],
    ['python3-jsonpatch'],
    ['python3-netifaces'],
    ['python3-oauthlib'],
    ['python3-requests'],
    ['python3-serial'],
  ),
]);

/**
 * @param {string} osRelease content of /etc/os-release (os-release(5)), empty when there is none
 * @returns {{id: string, family: 'debian' | 'fedora' | 'arch' | 'suse' | 'other', name: string}}
 */
export function parseOsRelease(osRelease) {
  /** @type {Record<string, string>} */
  const fields = {};
  for (const line of osRelease.split('\n')) {
    const match = /^([A-Z_]+)=(?:"([^"]*)"|'([^']*)'|(\S*))\s*$/.exec(line);
    if (match?.[1]) fields[match[1]] = match[2] ?? match[3] ?? match[4] ?? '';
  }
  const id = fields.ID ?? 'unknown';
  const kin = [id, ...(fields.ID_LIKE ?? '').split(/\s+/)];
  const families = /** @type {const} */ ({
    debian: ['debian', 'ubuntu'],
    fedora: ['fedora', 'rhel', 'centos'],
    arch: ['arch'],
    suse: ['suse', 'opensuse'],
  });
  for (const family of /** @type {(keyof typeof families)[]} */ (Object.keys(families))) {
    if (families[family].some((name) => kin.includes(name)))
      return { id, family, name: fields.PRETTY_NAME ?? id };
  }
  return { id, family: 'other', name: fields.PRETTY_NAME ?? id };
}

/**
 * Which packages are installed, from `dpkg-query -W -f '${db:Status-Status} ${Package}\n' NAME...`. The same package
 * may be listed for several architectures.
 *
 * @param {string} output
 * @returns {Set<string>}
 */
export function parseInstalled(output) {
  /** @type {Set<string>} */
  const installed = new Set();
  for (const line of output.split('\n')) {
    const [status, name] = line.trim().split(' ');
    if (status === 'installed' && name) installed.add(name);
  }
  return installed;
}

/**
 * Which names apt can install, from `apt-cache policy NAME...`: a purely virtual package has no candidate.
 *
 * @param {string} output
 * @returns {Set<string>}
 */
export function parseCandidates(output) {
  /** @type {Set<string>} */
  const known = new Set();
  let name = '';
  for (const line of output.split('\n')) {
    const heading = /^(\S+):$/.exec(line);
    if (heading?.[1]) name = heading[1];
    const candidate = /^ {2}Candidate: (.+)$/.exec(line);
    if (candidate?.[1] && candidate[1] !== '(none)') known.add(name);
  }
  return known;
}

/**
 * @param {readonly SystemPackage[]} packages
 * @param {ReadonlySet<string>} installed
 * @returns {SystemPackage[]}
 */
export function missingPackages(packages, installed) {
  return packages.filter((one) => !one.names.some((name) => installed.has(name)));
}

/**
 * The name to install of each package: the first that apt knows, else the last, so that apt's own message names it.
 *
 * @param {readonly SystemPackage[]} packages
 * @param {ReadonlySet<string>} candidates
 * @returns {string[]}
 */
export function namesToInstall(packages, candidates) {
  return packages.map(
    (one) => one.names.find((name) => candidates.has(name)) ?? one.names.at(-1) ?? one.names[0],
  );
}

/** What other systems call these things, to the best of our knowledge: only Debian was tried. They are printed, never installed. */
const BY_HAND = Object.freeze({
  fedora: {
    command: 'sudo dnf install',
    quickstart:
      'gtk3 nss mesa-libgbm alsa-lib at-spi2-atk cups-libs libxkbcommon dejavu-sans-fonts debootstrap',
    engine: 'podman podman-docker',
    test: 'xorg-x11-server-Xvfb qemu-system-x86 qemu-img edk2-ovmf xorriso',
  },
  arch: {
    command: 'sudo pacman -S --needed',
    quickstart: 'gtk3 nss mesa alsa-lib at-spi2-core libcups libxkbcommon ttf-dejavu debootstrap',
    engine: 'docker',
    test: 'xorg-server-xvfb qemu-system-x86 qemu-img edk2-ovmf libisoburn',
  },
  suse: {
    command: 'sudo zypper install',
    quickstart:
      'gtk3 mozilla-nss libgbm1 alsa libatk-bridge-2_0-0 libcups2 libxkbcommon0 dejavu-fonts debootstrap',
    engine: 'docker',
    test: 'xorg-x11-server-Xvfb qemu-x86 qemu-tools qemu-ovmf-x86_64 xorriso',
  },
});

/**
 * What to install by hand where the set-up cannot do it: exactly one command where there is one.
 *
 * @param {{platform: string, family: string, name: string, kind: 'quickstart' | 'engine' | 'test', names: readonly string[]}} want
 *   `names`: the Debian packages that are missing
 * @returns {string}
 */
export function instructionsByHand(want) {
  if (want.platform === 'darwin') {
    return 'Install a container engine (Docker Desktop, Podman Desktop or Colima), start it, and run this command again.';
  }
  if (want.platform === 'win32') {
    return 'Install Docker Desktop or Podman Desktop with its WSL 2 engine, start it, and run this command again.';
  }
  if (want.family === 'debian') {
    return `As root, or as a user who may use sudo, run:\n  apt-get update && apt-get install --no-install-recommends ${want.names.join(' ')}\nand then this command again.`;
  }
  if (want.family === 'fedora' || want.family === 'arch' || want.family === 'suse') {
    const known = BY_HAND[want.family];
    const list = want.kind === 'test' ? `${known.quickstart} ${known.test}` : known[want.kind];
    return `On ${want.name} run:\n  ${known.command} ${list}\nand then this command again.`;
  }
  return `Install what your system (${want.name}) calls these Debian packages, then run this command again:\n  ${want.names.join(' ')}`;
}
