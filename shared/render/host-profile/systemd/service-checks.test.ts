import { describe } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';

describe('services', () => {
  judgeAll([
    ['systemd: {enable: [chrony.service]}', /^warning chrony.service comes with the package chrony/],
    ['systemd: {enable: [chrony.service]}\npackages: {install: [chrony/bookworm-backports]}'],
    ['systemd: {enable: [ssh.service, systemd-networkd.service, own.service]}'],
    ['systemd: {enable: [kdump-tools.service]}\nkdump: {}'],
    ['systemd: {enable: [docker.service]}\npackages: {install: [docker-ce=5:24.0.7-1]}'],
    [
      'systemd: {enable: [lldpd.service]}\nfiles: [{path: /etc/systemd/system/lldpd.service, content: "[Service]"}]',
    ],
    ['packages: {install: [jq], purge: [jq]}', /^error The package jq is installed and taken out again/],
    [
      'kdump: {}\npackages: {purge: [kdump-tools]}',
      /^error Another section of the profile needs the package kdump-tools/,
    ],
    ['packages: {install: [kdump-tools]}', /^warning Nothing sets memory aside/],
    ['packages: {install: [kdump-tools]}\nkernel: {arguments: [crashkernel=512M]}'],
    [
      'kernel: {headers: linux-headers-rt-amd64, dkms: [zfs-dkms]}',
      /^error Modules would be built with linux-headers-rt-amd64/,
    ],
    [
      'kernel: {headers: linux-headers-6.1.0-18-amd64, package: linux-image-6.1.0-18-amd64, dkms: [zfs-dkms]}',
    ],
    ['grub: {}', /^info GRUB’s settings/],
  ]);
});

describe('AppArmor that is off', () => {
  judgeAll([
    ['apparmor: {enabled: false}'],
    ['apparmor: {enabled: false, profiles: {usr.bin.man: disable}}'],
    ['apparmor: {profiles: {usr.bin.man: complain}}'],
    [
      'apparmor: {enabled: false, profiles: {usr.bin.man: enforce}}',
      /^warning AppArmor is off \(apparmor.enabled is false\): these profiles are never loaded/,
    ],
    [
      'apparmor: {enabled: false}\nfiles: [{path: /etc/apparmor.d/usr.bin.a, content: x}]',
      /^warning AppArmor is off .* this profile is never loaded/,
    ],
    [
      'kernel: {arguments: [apparmor=0]}\nfiles: [{path: /etc/apparmor.d/local/a, content: x}]',
      /^warning AppArmor is off \(apparmor=0 stands in kernel.arguments\)/,
    ],
    ['files: [{path: /etc/apparmor.d/usr.bin.a, content: x}]'],
  ]);
});
