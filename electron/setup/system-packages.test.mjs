import { describe, expect, it } from 'vitest';
import {
  enginePackages,
  instructionsByHand,
  missingPackages,
  namesToInstall,
  parseCandidates,
  parseInstalled,
  parseOsRelease,
  QUICKSTART_PACKAGES,
  TEST_PACKAGES,
} from './system-packages.mjs';

describe('the system', () => {
  it.each([
    ['ID=debian\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n', 'debian', 'Debian GNU/Linux 12 (bookworm)'],
    ['NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n', 'debian', 'linuxmint'],
    ["ID='fedora'\n", 'fedora', 'fedora'],
    ['ID="rocky"\nID_LIKE="rhel centos fedora"\n', 'fedora', 'rocky'],
    ['ID=manjaro\nID_LIKE=arch\n', 'arch', 'manjaro'],
    ['ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n', 'suse', 'opensuse-tumbleweed'],
    ['ID=nixos\n', 'other', 'nixos'],
    ['', 'other', 'unknown'],
  ])('is recognised from os-release %j', (text, family, name) => {
    expect(parseOsRelease(text)).toMatchObject({ family, name });
  });
});

describe('packages', () => {
  const sound = {
    names: /** @type {[string, string]} */ (['libasound2t64', 'libasound2']),
    why: 'the window',
  };
  const xvfb = { names: /** @type {[string]} */ (['xvfb']), why: 'tests' };

  it('that were removed with their configuration kept are missing', () => {
    const installed = parseInstalled('installed xvfb\nconfig-files libasound2\nnot-installed libnss3\n');
    expect([...installed]).toEqual(['xvfb']);
    expect(missingPackages([sound, xvfb], installed)).toEqual([sound]);
  });

  it('count as there under any of their names', () => {
    expect(missingPackages([sound], parseInstalled('installed libasound2\n'))).toEqual([]);
    expect(missingPackages([sound], parseInstalled('installed libasound2t64\n'))).toEqual([]);
  });

  it('are asked for under the name that apt can install', () => {
    const older = parseCandidates('libasound2:\n  Installed: (none)\n  Candidate: 1.2.8-1+b1\n');
    const newer = parseCandidates('libasound2:\n  Candidate: (none)\nlibasound2t64:\n  Candidate: 1.2.11\n');
    expect(namesToInstall([sound], older)).toEqual(['libasound2']);
    expect(namesToInstall([sound], newer)).toEqual(['libasound2t64']);
  });

  it('that no source knows are still asked for, so that apt names them', () => {
    expect(namesToInstall([sound, xvfb], new Set())).toEqual(['libasound2', 'xvfb']);
  });

  it("for the engine include AppArmor's tool and control groups only where they are needed", () => {
    const names = (/** @type {Parameters<typeof enginePackages>[0]} */ kernel) =>
      enginePackages(kernel).flatMap((one) => one.names);
    expect(names({ apparmor: false, cgroups: true })).toEqual(['docker.io', 'iptables']);
    expect(names({ apparmor: true, cgroups: false })).toEqual([
      ...['docker.io', 'iptables', 'apparmor', 'cgroupfs-mount'],
    ]);
  });

  it('for the tests include those for the quickstart', () => {
    expect(TEST_PACKAGES).toEqual(expect.arrayContaining([...QUICKSTART_PACKAGES]));
  });
});

describe('instructions', () => {
  const want = {
    platform: 'linux',
    family: 'debian',
    name: 'Debian',
    kind: /** @type {const} */ ('quickstart'),
  };

  it('name exactly the missing Debian packages', () => {
    expect(instructionsByHand({ ...want, names: ['libnss3'] })).toContain(
      '--no-install-recommends libnss3\n',
    );
  });

  it('fall back to the Debian names on a system that is not known', () => {
    expect(
      instructionsByHand({ ...want, family: 'other', name: 'NixOS', names: ['libnss3', 'xvfb'] }),
    ).toMatch(/NixOS.*\n {2}libnss3 xvfb$/s);
  });

  it.each(['fedora', 'arch', 'suse'])('are one command on %s', (family) => {
    const text = instructionsByHand({ ...want, family, name: family, kind: 'test', names: [] });
    expect(text).toMatch(/sudo (dnf install|pacman -S --needed|zypper install) .*gtk3.*(xorriso|libisoburn)/);
  });
});
