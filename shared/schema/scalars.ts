import { z } from 'zod';
import { suggest } from '../diagnostics/suggest.ts';
import { isMulticast, isUnspecified, parseIpAddress } from '../network/addresses.ts';
import { mendedMacAddress, parseMacAddress } from '../network/mac-address.ts';
import { keyboardLayouts } from './keyboard-layouts.ts';
import { pemCertificateProblem } from './pem-certificate.ts';
import { sshPublicKeyProblem } from './ssh-public-key.ts';
import { isSudoRule } from './sudo-rule.ts';
import { isTimeZone, timeZonesNear } from './time-zones.ts';

/** The scalars that several documents share. Every message says what is expected, with an example. */

/** Without `abort` the pattern would be tried on megabytes too, and V8 throws when it runs out of room to go back in. */
function matching(pattern: RegExp, expected: string, longest = 4096) {
  return z.string().max(longest, { abort: true }).regex(pattern, { error: expected });
}

function judged(problemOf: (text: string) => string | undefined) {
  return z.string().superRefine((text, context) => {
    const message = problemOf(text);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });
}

export const sshPublicKey = judged(sshPublicKeyProblem);
export const pemCertificate = judged(pemCertificateProblem);

const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
/** RFC 1123 section 2.1: the names of hosts, profiles, networks, images. */
export const hostnameLabel = matching(
  new RegExp(`^${label}$`),
  'A name has 1 to 63 lower-case letters, digits and hyphens, and starts and ends with a letter or digit, for example cp-1.',
);
/** Capitals work, and are warned of elsewhere. A class of both, since the schemas of editors know no flags. */
const anyLabel = label.replaceAll('a-z', 'a-zA-Z');
export const domainName = matching(
  new RegExp(`^(?=.{1,253}$)${anyLabel}(\\.${anyLabel})*$`),
  'A domain is made of names with dots between them, for example edge.example.',
);
const hostnamePattern = new RegExp(`^(?=.{1,253}$)${label}(\\.${label})*$`, 'i');
/** Four numbers with dots are a mistyped address, not a name (RFC 3696 section 2: no all-numeric top-level domain). */
const isHostname = (text: string) => hostnamePattern.test(text) && !/(^|\.)\d+$/.test(text);

function isOfOneMachine(text: string): boolean {
  const address = parseIpAddress(text);
  return (
    address === undefined || !(isUnspecified(address) || isMulticast(address) || text === '255.255.255.255')
  );
}

const addressExpected = 'An IP address is written as 10.20.0.1 or 2001:db8::1, without a prefix.';
export const ipAddress = z
  .string()
  .refine((text) => parseIpAddress(text) !== undefined, { error: addressExpected })
  .refine(isOfOneMachine, { error: 'This address is none of a machine: 0.0.0.0, multicast or broadcast.' });
const serverExpected =
  'A server is named by its host name or its address, for example ntp.edge.example or 10.20.0.1.';
export const serverAddress = z
  .string()
  .refine((text) => parseIpAddress(text) !== undefined || isHostname(text), { error: serverExpected });
export const macAddress = z
  .string()
  .superRefine((text, context) => {
    if (parseMacAddress(text) !== undefined) return;
    const meant = mendedMacAddress(text);
    const params = meant === undefined ? {} : { candidates: [meant] };
    const message = 'A MAC address is written as 52:54:00:12:34:56.';
    context.addIssue({ code: 'custom', message, params });
  })
  // IEEE 802: the lowest bit of the first octet marks a group, and no card is a group; all zeros is no address.
  .refine((text) => !/^.[13579bdf]/i.test(text) && !/^(00[:-]){5}00$/.test(text), {
    error: 'No card has this address: it is all zeros, or the second digit is odd, which marks a multicast.',
  });
/** IFNAMSIZ is 16 with the closing zero; `/`, `:` and white space cannot stand in a name (net/core/dev.c). */
export const interfaceName = matching(
  /^(?!\.{1,2}$)[^\s/:]{1,15}$/,
  'An interface name has at most 15 characters, without spaces, slashes and colons, for example eno1.',
);
const urlExpected =
  'A URL starts with http:// or https:// and has no spaces and a port of at most 65535, for example http://mirror.edge.example/debian.';
export const httpUrl = z
  .url({ protocol: /^https?$/, error: urlExpected })
  .refine((text) => !/\s/.test(text), { error: urlExpected });
const bmcExpected =
  'The address of a BMC is a URL with its protocol, for example redfish-virtualmedia+https://10.0.9.11/redfish/v1/Systems/1.';
export const bmcUrl = matching(
  /^(ipmi|ipmi\+lan|libvirt|irmc|redfish|redfish-virtualmedia|redfish-uefihttp|idrac|idrac-virtualmedia|idrac-redfish|ilo4|ilo4-virtualmedia|ilo5|ilo5-virtualmedia|ilo5-redfish)(\+https?)?:\/\/[^\s/]+(\/\S*)?$/,
  bmcExpected,
).refine(namesItsServer, {
  error:
    'The server in the address of the BMC is no host name and no IP address, or its port is above 65535.',
});

function namesItsServer(url: string): boolean {
  const authority = /^[^:]+:\/\/([^/]+)/.exec(url)?.[1];
  // What is no URL is told as that.
  if (authority === undefined) return true;
  // An address that carries user and password is refused here too: those stand in secrets/.
  const [, bracketed, plain = '', port = '0'] =
    /^(?:\[([^\]]*)\]|([^:@]*))(?::(\d{1,6}))?$/.exec(authority) ?? [];
  const isServer =
    bracketed === undefined
      ? isHostname(plain) || parseIpAddress(plain) !== undefined
      : parseIpAddress(bracketed)?.family === 6;
  return isServer && Number(port) <= 65_535;
}

export const absolutePath = matching(
  /^\/(?!\/)(?!.*\/\/)(?!(.*\/)?\.{1,2}(\/|$))[^\0\r\n]*[^/\0\r\n]$/,
  'A path starts with / and names a file, without "." and ".." in it, for example /etc/motd.',
);
/** As a shell reads it: brackets and backslashes are left out, so that nothing else means more than itself. */
export const absolutePathPattern = absolutePath.refine((path) => !/[[\]\\]/.test(path), {
  error: 'Of the patterns of a shell only * and ? are taken.',
});
export const octalMode = matching(
  /^0?[0-7]{3,4}$/,
  'A mode is three or four octal digits in quotes, for example "0644".',
);
export const accountName = matching(
  /^([a-z_][a-z0-9_-]{0,30}\$?|[0-9]+)$/,
  'An account has lower-case letters, digits, hyphens and underscores, for example www-data.',
);
/** Login shells of Debian's packages; only a name that is nearly one of them is refused. */
const shells = [
  '/bin/bash',
  '/bin/sh',
  '/bin/dash',
  '/bin/rbash',
  '/usr/bin/bash',
  '/usr/bin/sh',
  '/bin/false',
];
const furtherShells = ['/usr/sbin/nologin', '/sbin/nologin', '/usr/bin/fish', '/bin/zsh', '/usr/bin/zsh'];
/** What is a shell as well, near to one of those. */
const shellsBeside =
  /^(\/usr)?\/bin\/(ash|bosh|bsh|csh|elvish|esh?|git-shell|ksh|ksh93|lksh|lshell|mksh|nu|osh|passwd|posh|pwsh|rksh|rssh|rzsh|sash|scponly|screen|sync|tcsh|tmux|true|vtysh|xonsh|yash|ysh)$/;
export const loginShell = absolutePath.superRefine((path, context) => {
  const candidates = [...shells, ...furtherShells];
  if (candidates.includes(path) || shellsBeside.test(path) || suggest(path, candidates) === undefined) return;
  context.addIssue({ code: 'custom', message: 'There is no such shell.', params: { candidates } });
});
/** A user specification of sudoers(5) without its user: hosts, whom to be, tags, commands. */
const sudoRuleExpected =
  'A rule for sudo is written as ALL=(ALL) NOPASSWD:ALL. A wrong one makes sudo refuse everybody.';
export const sudoRule = matching(
  /^[A-Za-z0-9_!,.*-]+ *= *(\([^()]*\) *)?([A-Z_]+: *)*\S.*$/,
  sudoRuleExpected,
  1024,
).refine(isSudoRule, { error: sudoRuleExpected });
/** Debian policy 5.6.1; a version (=) or a release (/) may follow, as apt takes them. */
export const packageName = matching(
  /^[a-z0-9][a-z0-9+.-]+(:[a-z0-9]+)?([=/][A-Za-z0-9.+:~_-]+)?$/,
  'A Debian package has lower-case letters, digits, + - and dots, for example ethtool.',
);
export const unitName = matching(
  /^[A-Za-z0-9:_.@\\-]+\.(service|socket|timer|target|mount|automount|path|slice|swap)$/,
  'A systemd unit is written with its type, for example ssh.service.',
);
export const moduleName = matching(
  /^[A-Za-z0-9_-]+$/,
  'A kernel module has letters, digits, hyphens and underscores, for example 8021q.',
);
/** One line of modprobe.d(5): a line end would start an instruction of its own. */
export const moduleParameters = matching(
  /^[!-~]([ -~\t]*[!-~])?$/,
  'Parameters of a module stand on one line, for example max_bonds=0 mode=1.',
  1024,
);
/** Dots or slashes between parts; an interface with dots in its name needs slashes (sysctl.d(5)). */
export const sysctlKey = matching(
  /^[A-Za-z0-9_-]+([./][A-Za-z0-9_*:@-]+)+$/,
  'A sysctl key has parts with dots between them, for example net.ipv4.ip_forward.',
);
const sysctlValueExpected =
  'The value of a sysctl is a number or a text on one line, for example 1 or "4096 87380 6291456".';
export const sysctlValue = z
  .union([matching(/^[^\r\n\0]*$/, sysctlValueExpected), z.number()], {
    error: sysctlValueExpected,
  })
  .transform(String);
export const kernelArgumentName = matching(
  /^[A-Za-z0-9_.-]+$/,
  'A kernel argument has letters, digits, dots, hyphens and underscores, for example iommu.',
);
/** Printable, without spaces except inside double quotes (Documentation/admin-guide/kernel-parameters.rst). */
export const kernelArgument = matching(
  /^(?=[A-Za-z0-9_-])([!#-~]|"[ !#-~]*")+$/,
  'A kernel argument is one word or name=value, for example quiet or iommu=pt; spaces only inside double quotes.',
);
const argumentValueExpected =
  'The value of a kernel argument is on one line, of ASCII characters and without double quotes, for example 60.';
/** What stands behind the =; spaces are kept by quotes that are put around it. */
export const kernelArgumentValue = z
  .union([matching(/^([!#-~]([ !#-~]*[!#-~])?)?$/, argumentValueExpected), z.number()], {
    error: argumentValueExpected,
  })
  .transform(String);
const cpuNumber = '(\\d{1,4}|N)';
const cpuRegion = `(${cpuNumber}(-${cpuNumber}(:\\d{1,4}\\/\\d{1,4})?)?|[aA][lL][lL](:\\d{1,4}\\/\\d{1,4})?)`;
/** cpulist of the kernel (Documentation/admin-guide/kernel-parameters.rst, "cpu lists"). One CPU may be a number. */
const cpuListExpected =
  'A CPU list has numbers and ranges with commas between them, N for the last CPU, or all: for example 2-7,10 or 2-N.';
export const cpuList = z
  .union(
    [matching(new RegExp(`^${cpuRegion}(,${cpuRegion})*$`), cpuListExpected), z.int().min(0).max(8191)],
    {
      error: cpuListExpected,
    },
  )
  .transform(String);
/** isolcpus= takes a letter in front of its list for a flag (kernel/sched/isolation.c). */
export const isolatedCpuList = cpuList.refine((list) => /(^|,)(\d|all)/i.test(list), {
  error:
    'The kernel takes N alone for a flag of isolcpus. Write the number of the CPU, or a range such as 2-N.',
});
export const byteSize = matching(
  /^[1-9]\d{0,9}( ?(KiB|MiB|GiB|TiB))?$/,
  'A size is a number with KiB, MiB, GiB or TiB, for example 1MiB.',
);
const timeZoneExpected =
  'A time zone is UTC or a region and a city of the IANA database, for example Europe/Berlin.';
export const timeZone = z.string().superRefine((text, context) => {
  if (isTimeZone(text)) return;
  const candidates = timeZonesNear(text);
  context.addIssue({ code: 'custom', message: timeZoneExpected, params: { candidates } });
});
export const locale = matching(
  /^(C|POSIX|[a-z]{2,3}(_[A-Z]{2})?)(\.(UTF-8|utf8))?(@[a-z]+)?$/,
  'A locale is a language, a country and an encoding, for example en_GB.UTF-8.',
);
export const keyboardLayout = z.string().superRefine((text, context) => {
  const [layout = '', ...variant] = text.split('-');
  if (keyboardLayouts.includes(layout) && variant.every((part) => /^[a-z0-9_]+$/i.test(part))) return;
  const message = 'A keyboard layout is a short code, for example de or us.';
  context.addIssue({ code: 'custom', message, params: { candidates: keyboardLayouts } });
});
/** The name by which one document refers to another; whether that exists is told with the whole site. */
export const documentReference = z.string().min(1).max(200);
export const elementName = matching(
  /^[A-Za-z0-9][A-Za-z0-9_.-]*$/,
  'An element has letters, digits, hyphens, underscores and dots, for example siteforge-live.',
);
export const fileName = matching(
  /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
  'A file name has letters, digits, dots, hyphens and underscores, for example edge-node.iso.',
);
/** A secret stands in its own file, which git never sees: documents only name it. */
export const secretName = matching(
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/,
  'A secret is the name of a file in secrets/, for example bmc-rack-1. User and password never stand in a document.',
);
export const variableName = matching(
  /^[A-Za-z][A-Za-z0-9_-]*$/,
  'A variable has letters, digits, hyphens and underscores and starts with a letter, for example oam-address.',
);
/** Text that may be written as a number in YAML: `value: 60`. */
export const textOrNumber = z.union([z.string(), z.number()]).transform(String);

const unitBytes: Readonly<Record<string, number>> = {
  '': 1,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/** Bytes of a size that `byteSize` accepted; undefined for any other text. */
export function bytesOfSize(size: string): number | undefined {
  const [, count, unit = ''] = /^(\d+) ?([KMGT]iB)?$/.exec(size) ?? [];
  const factor = unitBytes[unit];
  return count === undefined || factor === undefined ? undefined : Number(count) * factor;
}
