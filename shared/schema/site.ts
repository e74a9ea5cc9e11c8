import { z } from 'zod';
import { baked, stamped } from './help.ts';
import { siteDocument } from './metadata.ts';
import {
  accountName,
  domainName,
  fileName,
  httpUrl,
  ipAddress,
  keyboardLayout,
  locale,
  loginShell,
  pemCertificate,
  serverAddress,
  sshPublicKey,
  sudoRule,
  timeZone,
} from './scalars.ts';

/** Code names that debootstrap knows (its scripts/), oldest first, and the archive's aliases. */
const releases = [
  'bullseye',
  'bookworm',
  'trixie',
  'forky',
  'sid',
  'oldstable',
  'stable',
  'testing',
  'unstable',
] as const;
/** Code name of a Debian release, or an alias such as `stable`. */
export const release = z.enum(releases);

const dns = z.strictObject({
  servers: z
    .array(ipAddress)
    .max(16)
    .default([])
    .meta(
      stamped('Name servers by address. The resolver asks them in this order.', {
        examples: [['10.20.0.1']],
      }),
    ),
  search: z
    .array(domainName)
    .max(32)
    .default([])
    .meta(stamped('Domains that are tried for names without a dot.', { examples: [['edge.example']] })),
});

const ntp = z.strictObject({
  servers: z.array(serverAddress).max(16).default([]).meta(stamped('Time servers by name or address.')),
  pools: z
    .array(serverAddress)
    .max(16)
    .default([])
    .meta(stamped('Names that stand for a pool of time servers.')),
});

const proxies = z.strictObject({
  http: httpUrl.optional().meta(stamped('Proxy for http.', { examples: ['http://proxy.edge.example:3128'] })),
  https: httpUrl.optional().meta(stamped('Proxy for https; its own URL usually starts with http://.')),
  noProxy: z
    .array(z.string().min(1).max(253))
    .default([])
    .meta(
      stamped('Hosts, domains and networks that are reached directly.', {
        examples: [['.edge.example', '10.0.0.0/8']],
      }),
    ),
});

const trustedCA = z.strictObject({
  name: fileName.meta(stamped('Names the certificate in messages and in the trust store.')),
  certificate: pemCertificate.meta(
    stamped('The certificate of the authority as a PEM block. Never its private key.'),
  ),
});

const adminUser = z.strictObject({
  name: accountName.default('admin').meta(stamped('Login name of the administrator.')),
  groups: z.array(accountName).default(['sudo']).meta(stamped('Groups that the account joins.')),
  sudo: sudoRule
    .default('ALL=(ALL) NOPASSWD:ALL')
    .meta(stamped('Rule for sudo, as in sudoers(5), without the user.')),
  shell: loginShell.default('/bin/bash').meta(stamped('Login shell.')),
  lockPassword: z
    .boolean()
    .default(true)
    .meta(stamped('Whether a password login is impossible. Keys still work.')),
});

const siteSpec = z.strictObject({
  release: release
    .default('bookworm')
    .meta(baked('Debian release that images are made of.', { examples: ['bookworm', 'trixie'] })),
  mirror: httpUrl.optional().meta(
    baked('Debian mirror for builds. When left out, the one that the apt sources of the builder name.', {
      examples: ['http://mirror.edge.example/debian'],
    }),
  ),
  securityMirror: httpUrl
    .optional()
    .meta(
      baked(
        'Mirror of Debian’s security archive, in which RELEASE-security lies. With a `mirror` and without this, images get no security corrections.',
        { examples: ['http://mirror.edge.example/debian-security'] },
      ),
    ),
  components: z
    .array(z.enum(['main', 'contrib', 'non-free', 'non-free-firmware']))
    .min(1)
    .default(['main', 'non-free-firmware'])
    .meta(
      baked('Parts of the Debian archive. Firmware of network cards is in non-free-firmware.', {
        examples: ['main', 'contrib', 'non-free', 'non-free-firmware'],
      }),
    ),
  proxies: proxies.optional().meta(stamped('Proxies of builds and of hosts.')),
  dns: dns.optional().meta(stamped('Name servers of all hosts; a network may name its own.')),
  ntp: ntp.optional().meta(stamped('Time servers of all hosts.')),
  timezone: timeZone.optional().meta(
    stamped('Time zone of all hosts.', {
      examples: ['UTC', 'Europe/Berlin', 'Europe/London', 'America/New_York', 'Asia/Tokyo'],
    }),
  ),
  locale: locale.optional().meta(
    stamped('Language and encoding of messages.', {
      examples: ['C.UTF-8', 'en_GB.UTF-8', 'en_US.UTF-8', 'de_DE.UTF-8'],
    }),
  ),
  keyboard: keyboardLayout
    .optional()
    .meta(stamped('Keyboard layout of the console.', { examples: ['us', 'gb', 'de', 'fr'] })),
  trustedCAs: z.array(trustedCA).max(64).optional().meta(stamped('Authorities that every host trusts.')),
  adminKeys: z
    .array(sshPublicKey)
    .max(64)
    .optional()
    .meta(stamped('SSH public keys of the administrators: the only way in when passwords are locked.')),
  adminUser: adminUser.optional().meta(stamped('Account that receives the administrator keys.')),
});

export const siteSchema = siteDocument(siteSpec);
export type Site = z.infer<typeof siteSchema>;
