import { z } from 'zod';
import { passwords, user } from './cloud-config-accounts.ts';
import { olderKeys, otherModules } from './cloud-config-other-modules.ts';
import { argument, command, flag, octalPermissions } from './cloud-config-scalars.ts';
import { diskSetup, fileSystem, growpart, swap } from './cloud-config-storage.ts';
import { day2, type Help, stamped } from './help.ts';
import { absolutePath, httpUrl, pemCertificate, sshPublicKey, timeZone } from './scalars.ts';

/**
 * The cloud-config of cloud-init 22.4 to 24. The modules that a site of this kind uses are described in full, all
 * others by name: cloud-init itself only warns about keys that it does not know, so unknown ones are warnings here.
 */

const mergeSetting = z
  .union([
    z.string(),
    z.array(
      z.looseObject({
        name: z
          .string()
          .optional()
          .meta(stamped('Which values are merged so.', { examples: ['dict', 'list', 'str'] })),
        settings: z
          .array(z.string())
          .optional()
          .meta(
            stamped(
              'For `list` and `str`: `append` keeps both values, where otherwise the later one counts. For `dict`: `replace` takes the later value of a key whole; without it mappings are merged key by key, and with `recurse_list` the lists in them too.',
              { examples: ['append', 'prepend', 'replace', 'no_replace', 'recurse_list', 'recurse_str'] },
            ),
          ),
      }),
    ),
    z.null(),
  ])
  .optional();

const file = z.strictObject({
  path: absolutePath.meta(stamped('Absolute path of the file.')),
  content: z.string().optional().meta(stamped('Text of the file, in the given encoding.')),
  owner: z
    .string()
    .regex(/^[^:\s]+:[^:\s]+$/, { error: 'An owner is user:group, for example root:root.' })
    .optional()
    .meta(stamped('user:group. Default root:root.', { examples: ['root:root'] })),
  permissions: octalPermissions
    .optional()
    .meta(stamped('Octal permissions in quotes. Default "0644".', { examples: ['0644', '0600', '0755'] })),
  encoding: z
    .enum(['text/plain', 'b64', 'base64', 'gz', 'gzip', 'gz+b64', 'gz+base64', 'gzip+b64', 'gzip+base64'])
    .optional()
    .meta(stamped('How the content is encoded. Default text/plain.')),
  append: flag.optional().meta(stamped('Whether the content goes behind what is there. Default false.')),
  defer: flag
    .optional()
    .meta(
      stamped(
        'Whether it is written last, when users and packages exist. Needed when the owner is a new user.',
      ),
    ),
  source: z
    .strictObject({
      uri: z.string().meta(stamped('Where the content is fetched from.')),
      headers: z.record(z.string(), z.string()).optional().meta(stamped('Headers of the request.')),
    })
    .optional()
    .meta(stamped('Fetches the content; cloud-init 24.3 or newer.')),
});

const ntp = z.strictObject({
  enabled: flag.optional().meta(stamped('Whether a client is set up. Default true.')),
  servers: z.array(z.string()).optional().meta(stamped('Time servers.')),
  pools: z.array(z.string()).optional().meta(stamped('Pools of time servers.')),
  peers: z.array(z.string()).optional().meta(stamped('Peers; chrony and ntp only.')),
  allow: z.array(z.string()).optional().meta(stamped('Networks that may ask this host; chrony only.')),
  ntp_client: z
    .string()
    .optional()
    .meta(
      stamped('Which client. Images of this project carry systemd-timesyncd.', {
        examples: ['auto', 'systemd-timesyncd', 'chrony', 'ntp'],
      }),
    ),
  config: z
    .record(z.string(), z.unknown())
    .optional()
    .meta(stamped('Another client: template, service, packages.')),
});

const caCertificates = z.strictObject({
  trusted: z
    .array(pemCertificate)
    .optional()
    .meta(stamped('Certificates of authorities to trust, as PEM blocks.')),
  remove_defaults: flag
    .optional()
    .meta(stamped('Whether the authorities of the distribution are removed. Default false.')),
  'remove-defaults': flag.optional().meta(stamped('Older spelling of remove_defaults.')),
});

const powerState = z.strictObject({
  mode: z.enum(['poweroff', 'reboot', 'halt']).meta(stamped('What happens when cloud-init is through.')),
  delay: z
    .union([z.string(), z.int()])
    .optional()
    .meta(stamped('When: now, or a number of minutes.', { unit: 'minutes', examples: ['now', 1] })),
  message: z.string().optional().meta(stamped('What is said to users.')),
  timeout: z
    .int()
    .optional()
    .meta(stamped('How long cloud-init may take to end. Default 30.', { unit: 'seconds' })),
  condition: z
    .union([z.string(), z.boolean(), z.array(argument)])
    .optional()
    .meta(stamped('A command that must succeed, or true or false.')),
});

const phoneHome = z.strictObject({
  url: httpUrl.meta(stamped('Where the host reports that it is up.')),
  post: z
    .union([z.literal('all'), z.array(z.string())])
    .optional()
    .meta(stamped('What is reported: all, or a list.', { examples: ['all', ['instance_id', 'hostname']] })),
  tries: z.int().min(1).optional().meta(stamped('How often it is tried. Default 10.')),
});

const other = Object.fromEntries(
  Object.entries(otherModules).map(([key, description]) => [
    key,
    z
      .unknown()
      .optional()
      .meta({ description } satisfies Help),
  ]),
);

const older = Object.fromEntries(
  Object.entries(olderKeys).map(([key, description]) => [
    key,
    z
      .unknown()
      .optional()
      .meta({ description, deprecated: true } satisfies Help & { deprecated: true }),
  ]),
);

const caCerts = caCertificates
  .optional()
  .meta(stamped('Authorities that the host trusts. Those of the site are added.'));

const described = {
  hostname: z
    .string()
    .optional()
    .meta(stamped('Name of the host. Made from the host document; leave it out of shared fragments.')),
  fqdn: z.string().optional().meta(stamped('Full name of the host. Made from the host document.')),
  prefer_fqdn_over_hostname: flag.optional().meta(stamped('Whether the full name becomes the host name.')),
  preserve_hostname: flag
    .optional()
    .meta(stamped('Whether cloud-init leaves the host name alone. Default false.')),
  create_hostname_file: flag
    .optional()
    .meta(stamped('Whether /etc/hostname is written. cloud-init 23.4 or newer.')),
  manage_etc_hosts: z
    .union([flag, z.literal(['localhost', 'template'])], {
      error: 'Write true, false, localhost or template.',
    })
    .optional()
    .meta(stamped('Whether /etc/hosts is managed: `localhost` adds the own name, true writes it whole.')),
  timezone: timeZone.optional().meta(stamped('Time zone.', { examples: ['UTC', 'Europe/Berlin'] })),
  locale: z
    .union([z.string(), z.literal(false)])
    .optional()
    .meta(stamped('Locale.', { examples: ['C.UTF-8', 'en_GB.UTF-8'] })),
  users: z
    .union([z.array(user), z.string(), z.record(z.string(), z.unknown())], { error: 'Users are a list.' })
    .optional()
    .meta(stamped('Accounts. `default` is the one of the distribution.')),
  ssh_authorized_keys: z.array(sshPublicKey).optional().meta(stamped('Keys of the default user.')),
  ssh_import_id: z
    .array(z.string())
    .optional()
    .meta(stamped('Accounts whose keys are fetched; needs internet.')),
  ssh_pwauth: z
    .union([flag, z.literal('unchanged')], { error: 'Write true or false.' })
    .optional()
    .meta(stamped('Whether SSH takes passwords. Left as it is when left out.')),
  disable_root: flag.optional().meta(stamped('Whether root cannot log in with keys. Default true.')),
  ssh_deletekeys: flag.optional().meta(stamped('Whether host keys in the image are replaced. Default true.')),
  ssh_genkeytypes: z
    .array(z.enum(['dsa', 'ecdsa', 'ed25519', 'rsa']))
    .optional()
    .meta(stamped('Host keys that are made at the first boot.')),
  ssh_keys: z
    .record(z.string(), z.string())
    .optional()
    .meta(stamped('Host keys brought along: private keys stand here in plain text.')),
  ssh_quiet_keygen: flag.optional().meta(stamped('Whether making host keys is silent.')),
  merge_how: mergeSetting.meta(
    stamped('How this fragment is merged with those before it, as text or as a list.', {
      examples: ['list(append)+dict(no_replace,recurse_list)+str()'],
    }),
  ),
  merge_type: mergeSetting.meta(stamped('The same as merge_how, which counts where both stand.')),
  password: z
    .string()
    .optional()
    .meta(stamped('Password of the default user: readable by whoever has the medium.')),
  chpasswd: passwords.optional().meta(stamped('Passwords of existing users.')),
  packages: z
    .array(z.union([z.string(), z.array(z.string()), z.record(z.string(), z.unknown())]))
    .optional()
    .meta(
      day2('Packages installed at boot. Needs a mirror at that time; the profile can bake them instead.'),
    ),
  package_update: flag.optional().meta(day2('Whether package lists are read at boot. Needs a mirror.')),
  package_upgrade: flag
    .optional()
    .meta(day2('Whether packages are upgraded at boot. Needs a mirror and minutes.')),
  package_reboot_if_required: flag.optional().meta(day2('Whether an upgrade may reboot the host.')),
  apt: z
    .union([z.record(z.string(), z.unknown()), z.null()])
    .optional()
    .meta(stamped('apt: mirrors, sources, proxies.')),
  write_files: z
    .array(file)
    .optional()
    .meta(stamped('Files of this host. Files that are the same everywhere belong to the profile.')),
  bootcmd: z
    .array(command)
    .optional()
    .meta(stamped('Commands early in every boot, before the network is up.')),
  runcmd: z.array(command).optional().meta(stamped('Commands late in the first boot of a seed, in order.')),
  ntp: z.union([ntp, z.null()]).optional().meta(stamped('Time servers. Made from the site.')),
  ca_certs: caCerts,
  'ca-certs': caCerts,
  growpart: growpart.optional().meta(stamped('Grows partitions. A live system has none to grow.')),
  disk_setup: z
    .record(z.string(), diskSetup)
    .optional()
    .meta(stamped('Partitions by device. Can destroy data: read twice.')),
  fs_setup: z.array(fileSystem).optional().meta(stamped('File systems to make.')),
  mounts: z
    .array(z.array(z.union([z.string(), z.number(), z.null()])).max(6))
    .optional()
    .meta(stamped('Lines of fstab as lists: device, folder, type, options, dump, pass.')),
  swap: swap.optional().meta(stamped('Swap file.')),
  power_state: powerState.optional().meta(stamped('Power off or reboot when cloud-init is through.')),
  phone_home: phoneHome.optional().meta(stamped('Reports to a URL that the host is up.')),
  final_message: z
    .string()
    .optional()
    .meta(stamped('Message at the end. $uptime, $version, $timestamp, $datasource are filled in.')),
};

/** In the order in which the editor offers them: what a site is likely to want comes first. */
export const cloudConfigSchema = z.strictObject({ ...described, ...other, ...older });
export type CloudConfig = z.infer<typeof cloudConfigSchema>;
