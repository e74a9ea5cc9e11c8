import { describe } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';

describe('units that sections need', () => {
  judgeAll([
    ['kdump: {}\nsystemd: {mask: [kdump-tools.service]}', /^error kdump-tools\.service is needed by kdump/],
    ['kdump: {}\nsystemd: {disable: [kdump-tools.service]}', /^warning kdump-tools\.service is needed/],
    ['systemd: {mask: [kdump-tools.service]}'],
    [
      'console: {serial: {port: ttyS1}}\nsystemd: {mask: [serial-getty@ttyS1.service]}',
      /^warning serial-getty@ttyS1\.service is needed by console\.serial/,
    ],
    ['console: {serial: {port: ttyS1}}\nsystemd: {mask: [serial-getty@ttyS0.service]}'],
    ['console: {serial: {port: ttyS1}}\nsystemd: {disable: [serial-getty@ttyS1.service]}'],
    [
      'kubernetes: {version: "1.31"}\ncontainers: {runtime: containerd}\nsysctl: {net.ipv4.ip_forward: 1}\nsystemd: {disable: [kubelet.service]}',
      /^warning Debian has no package kubelet/,
      /^warning kubelet\.service is needed by kubernetes/,
    ],
    [
      'kubernetes: {version: "1.31"}\ncontainers: {runtime: containerd}\nsysctl: {net.ipv4.ip_forward: 1}\nsystemd: {mask: [kubelet.service]}',
      /^warning Debian has no package kubelet/,
      /^error kubelet\.service is needed by kubernetes/,
    ],
  ]);
});

describe('where a dump is kept', () => {
  judgeAll([
    ['kdump: {folder: /tmp/crash}', /^warning \/tmp\/crash is empty after the next start/],
    ['kdump: {folder: /run/crash}', /^warning \/run\/crash is empty/],
    ['kdump: {folder: /tmp/crash, nfs: "dumps.edge.example:/srv/crash"}'],
    ['kdump: {folder: /var/tmp/crash}'],
  ]);
});
