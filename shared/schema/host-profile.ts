import { z } from 'zod';
import { baked, plain } from './help.ts';
import { containersSchema, kubernetesSchema } from './host-profile-containers.ts';
import { directorySchema, fileSchema, permissionSchema } from './host-profile-files.ts';
import { packagesSchema, repositoriesSchema } from './host-profile-packages.ts';
import { partitionsSchema } from './host-profile-partitions.ts';
import {
  apparmorSchema,
  bakedUsersSchema,
  grubSchema,
  kdumpSchema,
  machineSchema,
} from './host-profile-system.ts';
import { namedDocument } from './metadata.ts';
import {
  cpuList,
  fileName,
  isolatedCpuList,
  kernelArgument,
  kernelArgumentName,
  kernelArgumentValue,
  moduleName,
  moduleParameters,
  packageName,
  sysctlKey,
  sysctlValue,
  unitName,
} from './scalars.ts';

const namedArgument = z.strictObject({
  name: kernelArgumentName.meta(baked('Name of the argument.')),
  value: kernelArgumentValue.optional().meta(baked('Its value; left out for a flag.')),
});

const modules = z.strictObject({
  load: z
    .array(moduleName)
    .default([])
    .meta(
      baked('Modules loaded at boot.', {
        examples: ['8021q', 'bonding', 'br_netfilter', 'overlay', 'vfio-pci'],
      }),
    ),
  blacklist: z.array(moduleName).default([]).meta(baked('Modules never loaded by hardware events.')),
  options: z
    .record(moduleName, moduleParameters)
    .default({})
    .meta(baked('Parameters by module.', { examples: [{ bonding: 'max_bonds=0' }] })),
});

const kernel = z.strictObject({
  package: packageName.default('linux-image-amd64').meta(
    baked(
      'Kernel package. The cloud kernel has no USB storage and few drivers: real machines need the generic one.',
      {
        examples: ['linux-image-amd64', 'linux-image-rt-amd64', 'linux-image-cloud-amd64'],
      },
    ),
  ),
  headers: packageName.optional().meta(
    baked(
      'Headers of the kernel, for modules that are built in the image. Made from the kernel package when dkms needs them.',
      {
        examples: ['linux-headers-amd64'],
      },
    ),
  ),
  dkms: z
    .array(packageName)
    .max(32)
    .default([])
    .meta(
      baked('Packages of kernel modules that are built for this kernel while the image is made.', {
        examples: ['zfs-dkms', 'drbd-dkms'],
      }),
    ),
  arguments: z
    .array(
      z.union([kernelArgument, namedArgument], {
        error: 'Write a kernel argument as name=value, or as {name, value}.',
      }),
    )
    .max(128)
    .default([])
    .meta(
      baked('Kernel command line, in order.', {
        examples: ['quiet', 'panic=60', 'net.ifnames=1', 'nomodeset'],
      }),
    ),
  modules: modules.prefault({}).meta(baked('Kernel modules.')),
});

const cpu = z.strictObject({
  isolated: isolatedCpuList
    .optional()
    .meta(
      baked(
        'CPUs kept free of the scheduler for pinned work (isolcpus, rcu_nocbs): numbers and ranges, `N` for the last CPU, `0-31:2/8` for the first 2 of every 8.',
        { examples: ['2-7', '2-N', '2-15,18-31'] },
      ),
    ),
  housekeeping: cpuList
    .optional()
    .meta(
      baked('CPUs for everything else: interrupts and system services.', { examples: ['0-1', '0-N:1/8'] }),
    ),
  nohz: z
    .boolean()
    .default(false)
    .meta(baked('Whether isolated CPUs run without a periodic tick (nohz_full).')),
  mitigations: z
    .enum(['auto', 'auto,nosmt', 'off'])
    .optional()
    .meta(baked('Mitigations of CPU vulnerabilities. `off` is faster and unsafe with foreign code.')),
  iommu: z
    .boolean()
    .default(false)
    .meta(
      baked('Whether the IOMMU is on, in pass-through mode, for SR-IOV and DPDK (intel_iommu=on, iommu=pt).'),
    ),
});

export const hugepageSizes = ['2M', '1G'] as const;
const hugepageSize = z.enum(hugepageSizes);

const hugepages = z.strictObject({
  default: hugepageSize.optional().meta(baked('Size that programs get when they ask for none.')),
  pages: z
    .array(
      z.strictObject({
        size: hugepageSize.meta(baked('Size of a page. 1G needs a CPU that has them (pdpe1gb).')),
        count: z
          .int()
          .min(1)
          .max(1_048_576)
          .meta(
            baked('Number of pages reserved at boot; that memory is gone for everything else.', {
              unit: 'pages',
            }),
          ),
      }),
    )
    .max(2)
    .default([])
    .meta(baked('Pages reserved at boot, by size.')),
});

const limitExpected = 'A limit is a whole number or unlimited.';

const limit = z.strictObject({
  domain: z
    .string()
    .regex(/^(\*|%|[@%]?[A-Za-z0-9_.:-]+\$?)$/, { error: 'A domain is a user, @group, a range of ids or *.' })
    .meta(
      baked('Whom the limit is for: a user, `@group`, a range of ids such as `0:`, or `*` for all.', {
        examples: ['*', 'root'],
      }),
    ),
  type: z
    .enum(['soft', 'hard', '-'])
    .meta(baked('`soft` may be raised by the user up to `hard`; `-` sets both.')),
  item: z
    .enum([
      'as',
      'chroot',
      'core',
      'cpu',
      'data',
      'fsize',
      'locks',
      'maxlogins',
      'maxsyslogins',
      'memlock',
      'msgqueue',
      'nice',
      'nofile',
      'nonewprivs',
      'nproc',
      'priority',
      'rss',
      'rtprio',
      'sigpending',
      'stack',
    ])
    .meta(baked('What is limited, as in limits.conf(5).')),
  value: z
    .union([z.int().min(-20), z.string().regex(/^(-?\d+|unlimited|infinity)$/, { error: limitExpected })], {
      error: limitExpected,
    })
    .transform(String)
    .meta(baked('The limit: a number or `unlimited`. Sizes are in KiB, `cpu` in minutes.')),
});

const unit = z.strictObject({
  name: unitName.meta(baked('Name of the unit with its type.')),
  content: z.string().min(1).max(65_536).meta(baked('Text of the unit file.')),
});

const systemd = z.strictObject({
  enable: z.array(unitName).default([]).meta(baked('Units started at boot.')),
  disable: z
    .array(unitName)
    .default([])
    .meta(baked('Units not started at boot; others may still start them.')),
  mask: z.array(unitName).default([]).meta(baked('Units that nothing can start.')),
  units: z.array(unit).default([]).meta(baked('Units of your own, written to /etc/systemd/system.')),
});

const serial = z.strictObject({
  port: z
    .string()
    .regex(/^tty(S|AMA|USB)\d{1,2}$/, { error: 'A serial port is written as ttyS0.' })
    .default('ttyS0')
    .meta(
      baked('Serial port. BMCs show ttyS0 or ttyS1 as serial-over-LAN.', { examples: ['ttyS0', 'ttyS1'] }),
    ),
  baud: z
    .literal([9600, 19200, 38400, 57600, 115200])
    .default(115200)
    .meta(baked('Speed of the port; must be the one that the BMC uses.', { unit: 'baud' })),
});

const consoles = z.strictObject({
  serial: serial.optional().meta(baked('Kernel messages and a login on a serial port.')),
  video: z.boolean().default(true).meta(baked('Kernel messages on the screen (tty0).')),
});

const banners = z.strictObject({
  login: z.string().max(4096).optional().meta(baked('Text above the login prompt (/etc/issue).')),
  motd: z.string().max(4096).optional().meta(baked('Text after login (/etc/motd).')),
});

const script = z.strictObject({
  name: fileName.meta(baked('Name of the script; scripts run in the order in which they stand.')),
  content: z
    .string()
    .max(1_048_576)
    .regex(/^#!\s*\//, { error: 'A script starts with its interpreter, for example #!/bin/sh.' })
    .meta(
      baked(
        'Text of the script. It runs as root inside the image while it is built: no service runs there, and no network is promised.',
      ),
    ),
});

const hostProfileSpec = z.strictObject({
  machine: machineSchema
    .optional()
    .meta(
      plain('The machine that the profile is for. Nothing of it is baked: settings are checked against it.'),
    ),
  kernel: kernel.prefault({}).meta(baked('Kernel, its command line and its modules.')),
  cpu: cpu.optional().meta(baked('CPU isolation and virtualisation.')),
  hugepages: hugepages.optional().meta(baked('Huge pages for DPDK and virtual machines.')),
  transparentHugepages: z
    .enum(['always', 'madvise', 'never'])
    .optional()
    .meta(baked('Transparent huge pages. `never` for steady latency.')),
  sysctl: z
    .record(sysctlKey, sysctlValue)
    .optional()
    .meta(baked('Kernel parameters set at boot.', { examples: [{ 'net.ipv4.ip_forward': 1 }] })),
  limits: z.array(limit).max(256).optional().meta(baked('Limits of login sessions (limits.conf).')),
  packages: packagesSchema
    .optional()
    .meta(baked('Packages in the image. Every one makes the medium larger and the boot slower.')),
  repositories: repositoriesSchema
    .optional()
    .meta(baked('Repositories beside the mirror of the site, each with its key.')),
  firmware: z
    .array(packageName)
    .max(64)
    .optional()
    .meta(
      baked('Firmware packages of network and storage cards.', {
        examples: ['firmware-bnx2', 'firmware-bnx2x', 'firmware-qlogic', 'firmware-misc-nonfree'],
      }),
    ),
  containers: containersSchema.optional().meta(baked('What runs containers.')),
  kubernetes: kubernetesSchema
    .optional()
    .meta(baked('What a node of Kubernetes needs. Joining the cluster is done when the host is up.')),
  apparmor: apparmorSchema.optional().meta(baked('Confinement of services.')),
  kdump: kdumpSchema.optional().meta(baked('A dump of the memory when the kernel crashes.')),
  users: bakedUsersSchema
    .optional()
    .meta(baked('Accounts in the image: the same on every host, with the same keys and passwords.')),
  partitions: partitionsSchema
    .optional()
    .meta(
      baked(
        'The disk of qcow2 and raw images, which this version does not make yet. An ISO runs from its medium and has none.',
      ),
    ),
  grub: grubSchema.optional().meta(baked('Boot loader of a disk. The menu of an ISO is set in its image.')),
  files: z.array(fileSchema).max(1000).optional().meta(baked('Files in the image, the same on every host.')),
  directories: z.array(directorySchema).max(1000).optional().meta(baked('Folders in the image.')),
  permissions: z
    .array(permissionSchema)
    .max(1000)
    .optional()
    .meta(
      baked(
        'Owners and modes of files that are there already, set last. A path that nothing has ends the build.',
      ),
    ),
  systemd: systemd.optional().meta(baked('systemd units.')),
  console: consoles.prefault({}).meta(baked('Where the kernel speaks.')),
  banners: banners.optional().meta(baked('Texts at login.')),
  scripts: z.array(script).max(64).optional().meta(baked('Scripts that finish the image.')),
});

export const hostProfileSchema = namedDocument('HostProfile', hostProfileSpec);
export type HostProfile = z.infer<typeof hostProfileSchema>;
