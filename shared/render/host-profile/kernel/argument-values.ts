import { suggest } from '../../../diagnostics/suggest.ts';

/** What an argument takes behind its `=`. */
interface TakenValues {
  readonly words: readonly string[];
  /** Values beside the words. */
  readonly pattern?: RegExp;
  /** What the pattern is, in a message. */
  readonly expected?: string;
  /** Whether several stand there, with commas between them. */
  readonly isList?: boolean;
  /** Whether there are more words than these, so that only one that is nearly one of them is told. */
  readonly isOpen?: boolean;
  /** What comes of another value, where it is not passed over. */
  readonly otherwise?: string;
}

const words = (text: string, more: Omit<TakenValues, 'words'> = {}): TakenValues => ({
  words: text.trim().split(/\s+/),
  ...more,
});
/** lib/kstrtox.c, base 0. */
const number: TakenValues = {
  words: [],
  pattern: /^[-+]?(0x[0-9a-f]+|\d+)$/i,
  expected: 'a whole number',
};
/** lib/cmdline.c, `get_option`: what follows the number is passed over. */
const leadingNumber: TakenValues = { ...number, pattern: /^-?\d/ };
/** kernel/params.c: a parameter that a module cannot read ends its loading. */
const endsLoading = 'and the module is not loaded with it';
/** lib/kstrtox.c, `kstrtobool`; the words first, for messages. */
const kernelBoolean = words('on off', { pattern: /^([ynYN10tfTF]|[oO][nNfF])/, expected: '1 or 0' });
/** systemd, src/basic/parse-util.c, `parse_boolean`: in letters of any size. */
const systemdWord = /^(1|0|yes|no|true|false|on|off|[yntf])$/i;
const systemdBoolean = words('1 0 yes no true false on off y n t f', { pattern: systemdWord });
const vulnerability = 'off auto';

/**
 * Values of well-known arguments: what the functions behind __setup, early_param and module_param of Linux 6.1 compare
 * with, and those of systemd (kernel-command-line(7)). All others are passed over, with a line in the kernel's log at
 * most. Words that other versions have stand here as well.
 */
const takenValues: ReadonlyMap<string, TakenValues> = new Map(
  [
    ['acpi', words('off force strict rsdt noirq copy_dsdt nocmcff on ht nospcr')],
    [
      'amd_iommu',
      words(
        'off on fullflush force_enable force_isolation pgtbl_v1 pgtbl_v2 irtcachedis nohugepages v2_pgsizes_only',
        { isList: true },
      ),
    ],
    ['amd_pstate', words('disable passive active guided')],
    ['apparmor', words('0 1', { pattern: /^\d+$/ })],
    // kernel/audit.c: all other words turn it on.
    ['audit', words('0 1 off on', { pattern: /^(off|on)$/i, otherwise: 'and turns it on' })],
    ['audit_backlog_limit', { ...number, pattern: /^\+?(0x[0-9a-f]+|\d+)$/i }],
    [
      'cgroup_disable',
      words(
        'cpuset cpu cpuacct blkio io memory devices freezer net_cls perf_event net_prio hugetlb pids rdma misc dmem pressure',
        { isList: true },
      ),
    ],
    [
      'clocksource',
      words(
        'tsc hpet acpi_pm jiffies refined-jiffies kvm-clock xen hyperv_clocksource_tsc_page hyperv_clocksource_msr pit vmi-timer',
        {
          otherwise: 'and the kernel chooses one itself',
        },
      ),
    ],
    ['fsck.mode', words('auto force skip')],
    ['fsck.repair', words('preen yes no', { pattern: systemdWord })],
    [
      'hugepages',
      {
        words: [],
        // mm/hugetlb.c, `hugepages_setup`: scanf reads the digits, and looks at nothing behind them but : and ,.
        pattern: /^(\d+|\d+:\d+(,\d+:\d+)*,?)$/,
        otherwise: 'and at most the digits at its start are read',
        expected: 'a number of pages, or one for each node such as 0:4,1:4',
      },
    ],
    ['idle', words('poll halt nomwait')],
    ['intel_idle.max_cstate', number],
    [
      'intel_iommu',
      words('on off igfx_off intgpu_off forcedac strict sp_off sm_on sm_off tboot_noforce nobounce ecs_off', {
        isList: true,
      }),
    ],
    [
      'intel_pstate',
      words('disable active passive force no_hwp hwp_only support_acpi_ppc per_cpu_perf_limits no_cas'),
    ],
    [
      'iommu',
      words(
        'off force noforce biomerge panic nopanic merge nomerge soft pt nopt forcesac allowdac nodac usedac fullflush nofullflush noagp noaperture memaper allowed',
        {
          isList: true,
          isOpen: true,
        },
      ),
    ],
    ['ipv6.disable', number],
    ['kvm-amd.nested', { ...number, otherwise: endsLoading }],
    ['kvm-intel.nested', { ...kernelBoolean, otherwise: endsLoading }],
    ['l1tf', words('off flush full flush,nosmt flush,nowarn full,force')],
    ['lockdown', words('integrity confidentiality none')],
    ['loglevel', leadingNumber],
    ['maxcpus', leadingNumber],
    [
      'mce',
      // arch/x86/kernel/cpu/mce/core.c compares with one word, and reads the first number of a list.
      words(
        'off no_cmci no_lmce dont_log_ce print_all ignore_ce bootlog nobootlog bios_cmci_threshold recovery',
        { pattern: /^\d/ },
      ),
    ],
    ['mds', words('off full full,nosmt auto auto,nosmt')],
    ['mitigations', words('auto off auto,nosmt')],
    ['mmio_stale_data', words('off full full,nosmt auto auto,nosmt')],
    ['net.ifnames', systemdBoolean],
    ['nmi_watchdog', words('0 1 panic nopanic', { pattern: /^(panic|nopanic|0|1|r)/ })],
    ['nohz', kernelBoolean],
    ['nr_cpus', leadingNumber],
    ['numa', words('off on noacpi nohmat', { pattern: /^fake=/ })],
    ['numa_balancing', words('enable disable')],
    ['oops', words('panic')],
    ['panic', number],
    [
      'pci',
      words(
        'off earlydump bios nobios conf1 conf2 biosirq noaer nodomains nommconf nomsi noari noioapicquirk ioapicreroute noioapicreroute rom norom nobar assign-busses usepirqmask nocrs use_crs use_e820 no_e820 noacpi routeirq skip_isa_align noearly bfsort nobfsort pcie_bus_tune_off pcie_bus_safe pcie_bus_perf pcie_bus_peer2peer realloc realloc=on realloc=off noats pcie_scan_all big_root_window check_enable_amd_mmconf',
        { isList: true, isOpen: true },
      ),
    ],
    ['pcie_aspm', words('off force')],
    ['pcie_aspm.policy', words('default performance powersave powersupersave')],
    ['pcie_ports', words('compat native dpc-native auto')],
    ['preempt', words('none voluntary full lazy')],
    ['printk.devkmsg', words('on off ratelimit')],
    ['processor.max_cstate', number],
    ['pti', words(`${vulnerability} on`)],
    ['retbleed', words(`${vulnerability} nosmt unret ibpb stuff force`, { isList: true })],
    ['rootdelay', leadingNumber],
    // kernel/time/tick-sched.c, get_option: a word is 0.
    ['skew_tick', words('0 1')],
    ['spec_store_bypass_disable', words(`${vulnerability} on prctl seccomp`)],
    [
      'spectre_v2',
      words(
        `${vulnerability} on retpoline retpoline,generic retpoline,lfence retpoline,amd eibrs eibrs,lfence eibrs,retpoline ibrs`,
      ),
    ],
    ['systemd.log_level', words('emerg alert crit err warning notice info debug', { isOpen: true })],
    ['systemd.unified_cgroup_hierarchy', systemdBoolean],
    ['transparent_hugepage', words('always madvise never')],
    ['tsc', words('reliable noirqtime unstable nowatchdog recalibrate watchdog')],
    ['tsx', words('on off auto')],
    ['tsx_async_abort', words('off full full,nosmt auto auto,nosmt')],
    ['usbcore.autosuspend', { ...number, otherwise: endsLoading }],
    [
      'vfio-pci.ids',
      {
        words: [],
        // lib/vsprintf.c: scanf takes 0x in front of %x.
        pattern: /^(0x)?[0-9a-f]{1,4}(:(0x)?[0-9a-f]{1,8}){1,5}$/i,
        isList: true,
        expected: 'vendor and device as in lspci -nn, such as 8086:1572',
      },
    ],
  ].map(([name, taken]) => [comparable(name as string), taken as TakenValues]),
);

/** parameq of the kernel: - and _ are the same in names. */
function comparable(name: string): string {
  return name.replaceAll('-', '_');
}

export interface ValueProblem {
  /** A sentence. */
  readonly message: string;
  /** The value that is meant. */
  readonly meant?: string;
}

/** What is wrong with the value of an argument; undefined for values that are taken and for arguments that are not known here. */
export function argumentValueProblem(name: string, quoted: string): ValueProblem | undefined {
  const value = quoted.replace(/^"(.*)"$/, '$1');
  if (name === 'console') return consoleProblem(value);
  const taken = takenValues.get(comparable(name));
  if (taken === undefined) return undefined;
  const parts = taken.isList ? value.split(',') : [value];
  for (const [index, part] of parts.entries()) {
    if (taken.words.includes(part) || taken.pattern?.test(part)) continue;
    if (comparable(name) === 'iommu' && part === 'passthrough')
      return {
        message: '“passthrough” is no value of iommu= and is passed over. It is written as iommu=pt.',
        meant: 'pt',
      };
    const meant = meantWord(part, taken);
    if (taken.isOpen && meant === undefined) continue;
    const expected = [...taken.words.slice(0, 12), taken.expected ?? []].flat();
    const listed = taken.isOpen || taken.words.length > 12 ? '' : ` It takes ${inWords(expected)}.`;
    const hint = meant === undefined ? listed : ` Did you mean “${meant}”?`;
    return {
      message: `“${part}” is no value of ${name}= ${taken.otherwise ?? 'and is passed over'}.${hint}`,
      ...(meant === undefined ? {} : { meant: parts.with(index, meant).join(',') }),
    };
  }
  if (comparable(name) === 'loglevel' && Number(value) > 8)
    return {
      message: `The levels of loglevel= go from 0 to 7, and 8 shows all messages already.`,
      meant: '8',
    };
  return undefined;
}

/** Where there are more words than these, a short one is near to too many of them. */
function meantWord(part: string, { words: known, isOpen = false }: TakenValues): string | undefined {
  if (isOpen) return part.length < 5 || part.includes('=') ? undefined : suggest(part, known);
  return suggest(part, known) ?? known.find((word) => word.length > 2 && part.startsWith(word));
}

function inWords(expected: readonly string[]): string {
  return expected.length < 2
    ? expected.join('')
    : `${expected.slice(0, -1).join(', ')} or ${expected.at(-1)}`;
}

/** Speeds that serial ports and their cards have (include/uapi/asm-generic/termbits.h), the one of most BMCs first. */
const speeds =
  '115200 9600 19200 38400 57600 300 600 1200 2400 4800 230400 460800 500000 576000 921600 1000000 1500000 2000000 3000000 4000000'.split(
    ' ',
  );

/** drivers/tty/serial/serial_core.c, `uart_parse_options`: speed, parity, bits and flow control. */
function consoleProblem(value: string): ValueProblem | undefined {
  const [, port = '', options] = /^(tty(?:S|USB|AMA)\d{1,3})(?:,(.*))?$/.exec(value) ?? [];
  if (port === '') return portProblem(value);
  if (options === undefined) return undefined;
  const [, speed = '', rest = ''] = /^(\d*)(.*)$/.exec(options) ?? [];
  if (speed === '' || !/^([noe]([5-8]r?)?)?$/.test(rest))
    return {
      message: `“${options}” is no setting of a serial port: it is a speed, with parity and bits behind it, such as 115200n8.`,
      ...(/^\d+,[noe][78]$/.test(options) ? { meant: `${port},${options.replace(',', '')}` } : {}),
    };
  if (speeds.includes(speed)) return undefined;
  const meant = suggest(speed, speeds);
  return {
    message: `No serial port is set to ${speed} baud.${meant === undefined ? '' : ` Did you mean “${meant}”?`} What the BMC shows would be unreadable.`,
    ...(meant === undefined ? {} : { meant: `${port},${meant}${rest}` }),
  };
}

/** The kernel compares names of ports letter by letter: one that no driver has shows nothing. */
function portProblem(value: string): ValueProblem | undefined {
  if (value.startsWith('/dev/'))
    return {
      message: 'The kernel names consoles without /dev/: nothing is shown on this one.',
      meant: value.slice('/dev/'.length),
    };
  const [, count, speed = ''] = /^COM([1-4])(,.*)?$/i.exec(value) ?? [];
  if (count !== undefined)
    return {
      message: `There is no port COM${count} for the kernel, which counts from 0: COM${count} is ttyS${Number(count) - 1}.`,
      meant: `ttyS${Number(count) - 1}${speed}`,
    };
  const [, name = '', number = '', rest = ''] = /^([A-Za-z]+)(\d+)(.*)$/.exec(value) ?? [];
  const meant = ['ttyS', 'ttyUSB', 'ttyAMA'].find((port) => port !== name && isSlipOf(name, port));
  if (meant === undefined) return undefined;
  return {
    message: `There is no port ${name}${number}. Did you mean “${meant}${number}”?`,
    meant: `${meant}${number}${rest}`,
  };
}

function isSlipOf(name: string, port: string): boolean {
  // Other boards have ports such as ttyO and tty, which are as near.
  return (
    name.toLowerCase() === port.toLowerCase() || (port === 'ttyS' && /^(tyS|ttS|tyyS|ttyyS|S)$/.test(name))
  );
}
