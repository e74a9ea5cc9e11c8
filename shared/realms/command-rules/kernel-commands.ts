import type { CommandRule } from '../command-rule.ts';
import { fromWords } from '../command-rule.ts';
import {
  bakedFile,
  howItMoves,
  kernelParameter,
  moduleAdditions,
  sysctlAdditions,
} from '../command-settings.ts';

const ofProfile =
  'This file is the same on every host and belongs to the host profile, which has “sysctl”, “kernel.modules”, “limits” and “kernel.arguments”: there it is read from the first boot on.';
const inProfile =
  'This profile has “sysctl”, “kernel.modules”, “limits” and “kernel.arguments”: what stands there is checked, and an image on a stick has no other kernel arguments.';

/** The kernel: its parameters, modules, arguments and memory. */
export const kernelCommands: readonly CommandRule[] = [
  {
    command: /^sysctl(\s+-\S+)*\s+["']?[\w.*/-]+=\S/,
    home: 'profile',
    message: (key) =>
      `A kernel parameter that is the same on every host belongs to the host profile, under “sysctl”: there it is set at every boot and before services start. ${key} sets it once.`,
    inScript:
      'It sets the kernel that builds the image, and no host’s. Under “sysctl” of this profile it is set at every boot.',
    additions: fromWords(sysctlAdditions),
    byHand:
      'it holds more than parameters with their values. Write those under “sysctl” of the profile, and take the command out',
  },
  {
    command:
      /^modprobe(\s+-(v|q|a|-verbose|-quiet|-all))*(\s+[A-Za-z0-9_][A-Za-z0-9_-]*)+(\s+[a-z]\w*=[^\s$`;|]+)*(\s+\d?>.*)?$/,
    home: 'profile',
    message: (key) =>
      `A module that every host needs belongs to the host profile, under “kernel.modules.load”: there it is loaded at every boot and before the network. ${key} comes later.`,
    inScript:
      'It loads the module where the image is built, if at all. Under “kernel.modules.load” of this profile every host loads it at boot.',
    additions: fromWords(([, ...words]) => moduleAdditions(words.filter((word) => !word.startsWith('-')))),
    byHand:
      'it holds more than modules, or than the parameters of one. Write the modules under “kernel.modules.load” of the profile and their parameters under “kernel.modules.options”, and take the command out',
  },
  {
    command: /^(update-grub|grub-mkconfig)\b/,
    home: 'profile',
    message: () =>
      'Kernel arguments belong to the host profile (kernel.arguments), or to the host (kernelArguments): what is changed here counts from the next boot of a disk on, and never for an image on a stick.',
    inScript:
      'An image on a stick never reads this: kernel arguments stand under “kernel.arguments” of this profile.',
    byHand: 'what it takes up is not written here. Write the arguments there, and take the command out',
  },
  {
    command: /^update-initramfs\s/,
    home: 'profile',
    message: () =>
      'The initramfs belongs to the image, and is made when that is built from what the host profile says: what is made here counts from the next boot of a disk on, and never for an image on a stick.',
    byHand:
      'what it takes up is not written here. Write that under “kernel” or “files” of the profile, and take the command out',
  },
  {
    command: /^swapoff\s+(-v\s+)?(-a|--all)\b/,
    home: 'profile',
    message: () =>
      'Whether hosts have swap is decided by “partitions” of the host profile: without such a partition there is none. What is switched off here is back at the next boot.',
    inScript:
      'It concerns the machine that builds the image, and no host: whether hosts have swap is decided by “partitions” of this profile.',
    byHand:
      'nothing stands for it there but the lack of such a partition. Leave swap out of “partitions”, and take the command out',
  },
  {
    command: /^setenforce\s+\S/,
    home: 'profile',
    message: () =>
      'What SELinux does is the same on every host and belongs to the host profile, as enforcing= under “kernel.arguments”: there it counts from the start. What is set here is gone at the next boot.',
    inScript:
      'It concerns the machine that builds the image, and no host: enforcing= stands under “kernel.arguments” of this profile.',
    byHand:
      'other arguments may say there already what SELinux does. Write enforcing=0 or enforcing=1 beside them, and take the command out',
  },
  {
    writes: /^\/proc\/sys\/./,
    home: 'profile',
    message: (key) =>
      `A kernel parameter that is the same on every host belongs to the host profile, under “sysctl”, and huge pages under “hugepages”: there it is set at every boot. ${key} sets it once.`,
    inScript:
      'It sets the kernel that builds the image, and no host’s. Kernel parameters stand under “sysctl” of this profile, and huge pages under “hugepages”.',
    additions: kernelParameter,
    byHand:
      'it is not to be seen here which one parameter gets which value. Write that under “sysctl” of the profile, and take the command out',
  },
  {
    writes: /^\/sys\/kernel\/mm\/(transparent_hugepage|hugepages)\//,
    home: 'profile',
    message: () =>
      'Huge pages belong to the host profile, under “hugepages” and “transparentHugepages”: there they are reserved at boot, while memory is still whole.',
    inScript:
      'It sets the kernel that builds the image, and no host’s. Huge pages stand under “hugepages” and “transparentHugepages” of this profile.',
    byHand:
      'there pages are counted by their size, and the rest is said by other words. Write there what it sets, and take the command out',
  },
  {
    command:
      /^sed(?=\s(.*\s)?-(-in-place|[A-Za-z]*i)).*\s\/etc\/(sysctl\.|modules(\s|$|-load\.d\/)|modprobe\.d\/|security\/limits|default\/grub)/,
    home: 'profile',
    message: () => ofProfile,
    inScript: inProfile,
    byHand:
      'what it leaves in the file depends on what stood there. Write there what the file should say, and take the command out',
  },
  {
    writes: /^\/etc\/(sysctl\.|modules($|-load\.d\/)|modprobe\.d\/|security\/limits|default\/grub)/,
    home: 'profile',
    message: (_key, command) => `${ofProfile}${howItMoves(command)}`,
    inScript: inProfile,
    additions: bakedFile,
    byHand:
      'what the file says in the end, or which section has words for it, is not to be seen here. Write there what the file should say, and take the command out',
  },
];
