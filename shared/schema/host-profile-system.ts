import { z } from 'zod';
import { baked, plain } from './help.ts';
import { bytesOfAmount } from './host-profile-partitions.ts';
import { absolutePath, accountName, kernelArgument, loginShell, sshPublicKey, sudoRule } from './scalars.ts';

const amountExpected = 'An amount of memory is a number with a unit, for example 256GiB.';
const memoryAmount = z
  .string()
  .refine((text) => bytesOfAmount(text) !== undefined, { error: amountExpected });

export const grubSchema = z.strictObject({
  timeout: z
    .int()
    .min(0)
    .max(3600)
    .default(5)
    .meta(baked('How long the menu waits. 0 boots at once.', { unit: 'seconds' })),
  arguments: z
    .array(kernelArgument)
    .max(128)
    .default([])
    .meta(
      baked('Kernel arguments behind those of the profile, on an installed disk alone.', {
        examples: ['rootdelay=10'],
      }),
    ),
  serial: z
    .boolean()
    .default(true)
    .meta(baked('Whether the menu shows on the serial port of `console` too.')),
});

export const kdumpSchema = z.strictObject({
  // Longer texts are refused before their pattern is tried (see `matching` of scalars.ts).
  memory: z
    .string()
    .max(255, { abort: true })
    .regex(
      /^(\d+[KMGTkmgt]?-(\d+[KMGTkmgt]?)?:\d+[KMGTkmgt]?(,\d+[KMGTkmgt]?-(\d+[KMGTkmgt]?)?:\d+[KMGTkmgt]?)*|\d+[KMGTkmgt])(@\d+[KMGTkmgt]?|,high|,low)?$/,
      {
        error:
          'Memory for the crash kernel is written as 512M, or by the size of the machine as 2G-64G:256M,64G-:512M.',
      },
    )
    .default('512M')
    .meta(
      baked('Memory kept for the crash kernel (crashkernel=); it is gone for everything else.', {
        examples: ['512M', '2G-64G:256M,64G-:512M'],
      }),
    ),
  folder: absolutePath
    .default('/var/crash')
    .meta(baked('Where the dump is written. A system that runs from its medium keeps it in memory only.')),
  nfs: z
    .string()
    .max(1024, { abort: true })
    .regex(/^[A-Za-z0-9][A-Za-z0-9.-]*:\/[^\s"'\\$`]*$/, { error: 'An export is written as server:/path.' })
    .optional()
    .meta(
      baked('NFS export that takes the dump instead: for systems that run from their medium.', {
        examples: ['dumps.edge.example:/srv/crash'],
      }),
    ),
});

export const apparmorSchema = z.strictObject({
  enabled: z.boolean().default(true).meta(baked('Whether AppArmor confines services at all.')),
  profiles: z
    .record(
      z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]*$/, {
        error: 'An AppArmor profile is the name of its file in /etc/apparmor.d, for example usr.bin.tcpdump.',
      }),
      z.enum(['enforce', 'complain', 'disable']),
    )
    .default({})
    .meta(
      baked('How profiles are loaded, by the name of the file in /etc/apparmor.d. `complain` only logs.', {
        examples: [{ 'usr.bin.tcpdump': 'complain' }],
      }),
    ),
});

/** crypt(5): the methods that Debian's libcrypt takes and that are not broken. `!` and `*` let nobody in. */
const passwordHash = z.string().regex(/^(!|\*|\$(y|gy|7|2b|6|5)\$[./A-Za-z0-9$=,]{10,200})$/, {
  error: 'A password stands here only as its hash, for example from mkpasswd -m yescrypt: $y$j9T$...',
});

const bakedUser = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z_][a-z0-9_-]{0,30}$/, {
      error: 'An account has lower-case letters, digits, hyphens and underscores.',
    })
    .meta(baked('Name of the account.')),
  uid: z.int().min(1).max(60_000).optional().meta(baked('Its number; the next free one when left out.')),
  system: z.boolean().default(false).meta(baked('Whether it is for a service: no home folder, no login.')),
  description: z
    .string()
    .regex(/^[^:\r\n\0]{0,100}$/, { error: 'A description is one line without colons.' })
    .optional()
    .meta(baked('Full name or purpose.')),
  groups: z
    .array(accountName)
    .max(32)
    .default([])
    .meta(baked('Further groups; those that do not exist are made.')),
  shell: loginShell.optional().meta(baked('Login shell.', { examples: ['/bin/bash', '/usr/sbin/nologin'] })),
  passwordHash: passwordHash
    .optional()
    .meta(
      baked(
        'Hash of the password. Everybody who has the image can try to break it. Without one there is no password.',
      ),
    ),
  authorizedKeys: z.array(sshPublicKey).max(32).default([]).meta(baked('SSH public keys that may log in.')),
  sudo: sudoRule.optional().meta(baked('Rule for sudo.', { examples: ['ALL=(ALL) NOPASSWD:ALL'] })),
});

export const bakedUsersSchema = z.array(bakedUser).max(64);

export const machineSchema = z.strictObject({
  cpus: z
    .int()
    .min(1)
    .max(8192)
    .optional()
    .meta(plain('Logical CPUs, second threads included.', { unit: 'CPUs' })),
  threadsPerCore: z.int().min(1).max(8).default(1).meta(plain('Threads of a core: 2 with hyper-threading.')),
  numaNodes: z.int().min(1).max(64).default(1).meta(plain('NUMA nodes, most often one per socket.')),
  memory: memoryAmount.optional().meta(plain('Memory of the smallest machine.', { examples: ['256GiB'] })),
  cpuFlags: z
    .array(
      z.string().regex(/^[a-z0-9_]+$/, { error: 'A flag stands in /proc/cpuinfo, for example pdpe1gb.' }),
    )
    .max(200)
    .optional()
    .meta(
      plain('What /proc/cpuinfo lists under “flags”; only what is named here is taken to be there.', {
        examples: ['pdpe1gb', 'avx2'],
      }),
    ),
  boot: z.enum(['uefi', 'bios']).optional().meta(plain('How the machine boots from its disk.')),
});
