import { describe } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';

const file = (path: string, content: string) =>
  `files: [{path: ${path}, content: ${JSON.stringify(content)}}]`;
const modprobe = (content: string) => file('/etc/modprobe.d/own.conf', content);
const load = (content: string) => file('/etc/modules-load.d/own.conf', content);

describe('files about modules', () => {
  judgeAll([
    [modprobe('option ixgbe allow_unsupported_sfp=1\n'), /it knows no “option”\. Did you mean “options”\?/],
    [modprobe('# no\nblacklist nouveau.ko\n'), /^warning nouveau\.ko is the name of a file/],
    [
      modprobe(
        'alias a b\nblacklist nouveau\ninstall dccp /bin/false\noptions ixgbe \\\n  max_vfs=8\nsoftdep a pre: b\n',
      ),
    ],
    [
      load('br_netfilter, overlay\n'),
      /^warning There is no module “br_netfilter, overlay”: every line has one/,
    ],
    [load('/lib/modules/own.ko\n'), /without path and \.ko/],
    [load('br_netfilter\n# why\n; and how\n\noverlay\n')],
    [file('/etc/modules', 'loop max_loop=8\n'), /every line has one name/],
    [file('/etc/modprobe.d.example/own.conf', 'option a\n')],
  ]);
});

describe('modules of the profile', () => {
  judgeAll([
    [
      'kernel: {modules: {load: [overlay, br_netfilter, overlay]}}',
      /^warning The module overlay stands here twice/,
    ],
    ['kernel: {modules: {blacklist: [nouveau, nouveau]}}', /^warning The module nouveau stands here twice/],
    ['kernel: {modules: {load: [vfio-pci, vfio_pci]}}', /^warning The module vfio_pci stands here twice/],
    ['kernel: {modules: {load: [overlay], blacklist: [nouveau]}}'],
  ]);
});

describe('serial ports that Debian’s kernel does not set up', () => {
  judgeAll([
    ['console: {serial: {port: ttyS4}}', /^warning ttyS4 is not there: .* Add 8250\.nr_uarts=5/],
    ['kernel: {arguments: ["console=ttyS5,9600"]}', /^warning ttyS5 is not there/],
    ['kernel: {arguments: ["8250.nr_uarts=8"]}\nconsole: {serial: {port: ttyS4}}'],
    [
      'kernel: {arguments: ["8250.nr_uarts=1"]}\nconsole: {serial: {port: ttyS1}}',
      /^warning ttyS1 is not there/,
    ],
    ['console: {serial: {port: ttyS3}}'],
    ['console: {serial: {port: ttyUSB4}}'],
  ]);
});
