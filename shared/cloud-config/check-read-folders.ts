/** Folders whose programs read only the files with certain names, and pass over all others without a word. */
interface ReadFolder {
  readonly folder: RegExp;
  readonly reader: string;
  readonly names: RegExp;
  readonly form: string;
}

const ending = (folder: string, reader: string, ...ends: readonly string[]): ReadFolder => ({
  folder: new RegExp(`^${folder}$`),
  reader,
  names: new RegExp(`\\.(?:${ends.join('|')})$`),
  form: `names that end with ${ends.map((end) => `.${end}`).join(' or ')}`,
});

const folders: readonly ReadFolder[] = [
  {
    // cron(8) of Debian, run-parts(8)
    folder: /^\/etc\/cron\.(?:d|hourly|daily|weekly|monthly)$/,
    reader: 'cron',
    names: /^[\w-]+$/,
    form: 'names of letters, digits, hyphens and underscores, with no dot',
  },
  {
    // sudoers(5), “Including other files”
    folder: /^\/etc\/sudoers\.d$/,
    reader: 'sudo',
    names: /^[^.]*[^.~]$/,
    form: 'names without a dot and with no ~ at the end',
  },
  ending('/etc/sysctl\\.d', 'systemd-sysctl', 'conf'),
  ending('/etc/modules-load\\.d', 'systemd-modules-load', 'conf'),
  ending('/etc/tmpfiles\\.d', 'systemd-tmpfiles', 'conf'),
  ending('/etc/systemd/\\w+\\.conf\\.d', 'systemd', 'conf'),
  ending('/etc/systemd/network', 'systemd-networkd', 'network', 'netdev', 'link'),
  ending('/etc/modprobe\\.d', 'modprobe', 'conf'),
  ending('/etc/udev/rules\\.d', 'udev', 'rules'),
  ending('/etc/ssh/sshd_config\\.d', 'sshd', 'conf'),
  ending('/etc/netplan', 'netplan', 'yaml'),
  ending('/etc/profile\\.d', 'the shell', 'sh'),
  ending('/etc/apt/sources\\.list\\.d', 'apt', 'list', 'sources'),
  ending('/etc/rsyslog\\.d', 'rsyslogd', 'conf'),
  ending('/etc/default/grub\\.d', 'update-grub', 'cfg'),
  ending('/etc/cloud/cloud\\.cfg\\.d', 'cloud-init', 'cfg'),
];

/** Names that say themselves that nothing reads the file, or that something else works on it first. */
const meantToBePassedOver =
  /(?:~|\.(?:bak|backup|csh|disabled|dpkg-\w+|example|in|j2|local|new|off|old|orig|sample|save|te?mpl?(?:ate)?|tpl|txt))$|^README$/i;

/** What to say of a file that nothing reads where it stands. */
export function passedOver(path: string): string | undefined {
  const slash = path.lastIndexOf('/');
  const name = path.slice(slash + 1);
  const found = folders.find(({ folder }) => folder.test(path.slice(0, slash)));
  if (found === undefined || found.names.test(name) || meantToBePassedOver.test(name)) return undefined;
  return `Nothing reads “${name.slice(0, 80)}”: in ${path.slice(0, slash)} ${found.reader} takes ${found.form} only.`;
}
