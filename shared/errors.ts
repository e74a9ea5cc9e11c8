/**
 * The closed table of failures. A failure that a user can meet has a code here; the code gives its title, what to
 * do next, and the exit status of the command line (1: the documents or the job failed, 2: wrong use).
 */
interface ErrorEntry {
  readonly title: string;
  readonly next: string;
  readonly exit: 1 | 2;
}

const table = {
  usage: {
    title: 'The command was not understood',
    next: 'Run siteforge --help for the commands and their options.',
    exit: 2,
  },
  internal: {
    title: 'Siteforge made a mistake',
    next: 'Try again. If it happens again, report it with the copied detail.',
    exit: 1,
  },
  cancelled: { title: 'Cancelled', next: 'Nothing was changed. Start it again when you are ready.', exit: 1 },
  'request-invalid': { title: 'The request was refused', next: 'Reload the window and try again.', exit: 1 },

  'site-not-found': {
    title: 'This folder is not a site',
    next: 'Choose a folder that holds a site.yaml, or make a new site in an empty one. The example shows what one looks like.',
    exit: 1,
  },
  'site-vanished': {
    title: 'The site folder is gone',
    next: 'Connect its disk again or open the site from its new place. Unsaved text is kept in the window.',
    exit: 1,
  },
  'site-read-only': {
    title: 'The site folder cannot be written',
    next: 'Change the permissions of the folder or copy the site to one of your own.',
    exit: 1,
  },
  'document-not-found': {
    title: 'The document does not exist',
    next: 'It may have been renamed or removed on disk. Choose it again in the tree.',
    exit: 1,
  },
  'document-changed-on-disk': {
    title: 'The document changed on disk',
    next: 'Compare both texts, then keep yours or take the one on disk.',
    exit: 1,
  },
  'document-exists': {
    title: 'A document of this name exists already',
    next: 'Choose another name. Upper and lower case count as the same: so they do on the disks of other systems.',
    exit: 1,
  },
  'folder-not-empty': {
    title: 'The folder is not empty',
    next: 'Name a folder that does not exist yet, or an empty one. Nothing was written.',
    exit: 1,
  },
  'trash-unavailable': {
    title: 'The trash cannot take the document',
    next: 'Delete it for good, or move it away in the file manager.',
    exit: 1,
  },
  'document-too-large': {
    title: 'The document is too large',
    next: 'Documents may have up to 2 MiB. Split it, or refer to a file instead of pasting its content.',
    exit: 1,
  },
  'document-not-utf8': {
    title: 'The document on disk is not UTF-8',
    next: 'Write the marked characters (\ufffd) again, then save. Or convert the file first: iconv -f WINDOWS-1252 -t UTF-8. It was not touched.',
    exit: 1,
  },
  'documents-invalid': {
    title: 'The documents have errors',
    next: 'Mend the listed problems, then start again.',
    exit: 1,
  },
  'host-not-found': {
    title: 'There is no host of this name',
    next: 'Choose one of the hosts in hosts/.',
    exit: 1,
  },
  'image-not-found': {
    title: 'There is no image of this name',
    next: 'Choose one of the images in images/.',
    exit: 1,
  },
  'file-not-found': { title: 'The file does not exist', next: 'Check the path.', exit: 1 },
  'file-not-readable': {
    title: 'The file cannot be read',
    next: 'Check its permissions and that its disk is connected.',
    exit: 1,
  },
  'file-not-writable': {
    title: 'The file cannot be written',
    next: 'Check the permissions of its folder, or choose another place.',
    exit: 1,
  },
  'disk-full': {
    title: 'The disk is full',
    next: 'Free some space (images in out/ of a site can be built again), then start again.',
    exit: 1,
  },

  'secret-missing': {
    title: 'A secret has no value on this machine',
    next: 'Set it under Secrets in the window, or write it to its file in secrets/ of the site, then start again. The command line reads secrets/ only.',
    exit: 1,
  },
  'secret-exists': {
    title: 'A secret of this name exists already',
    next: 'Choose another name, or remove that secret first.',
    exit: 1,
  },
  'secret-in-key-store': {
    title: 'A secret lies where only the window can read it',
    next: 'Put its value into secrets/ of the site, which the command line reads: with the line above (paste the value, then Enter and Ctrl-D), or in the window under Secrets, where it is replaced and kept in “secrets/ of the site”.',
    exit: 1,
  },
  'secret-unreadable': {
    title: 'A secret cannot be opened',
    next: 'Log in with the account that kept it, or set its value again.',
    exit: 1,
  },
  'secret-value-invalid': {
    title: 'The value of a secret cannot be used',
    next: 'Set it again: a text in UTF-8 of at most 256 KiB, in a plain file of secrets/ where it is one.',
    exit: 1,
  },
  'key-store-unavailable': {
    title: 'The key store of the system cannot be used',
    next: 'Keep the value in secrets/ of the site. On Linux, a keyring such as GNOME Keyring or KWallet must be running for the key store.',
    exit: 1,
  },

  'engine-absent': {
    title: 'No container engine answers',
    next: 'Start Docker or Podman, or run npm run quickstart, which installs one.',
    exit: 1,
  },
  'engine-permission': {
    title: 'The container engine refuses this account',
    next: 'Add your account to the docker group (sudo usermod -aG docker $USER), then log in again.',
    exit: 1,
  },
  'engine-lost': {
    title: 'The container engine stopped answering',
    next: 'Start the engine again, then start the build again: what was finished is in the cache.',
    exit: 1,
  },
  'engine-refused': {
    title: 'The container engine refused the request',
    next: 'Read the detail: it is the answer of the engine.',
    exit: 1,
  },
  'builder-image-failed': {
    title: 'The builder image could not be made',
    next: 'Read the log. Without internet, a Debian mirror must be reachable.',
    exit: 1,
  },
  'base-bootstrap-failed': {
    title: 'The base of the builder image could not be bootstrapped',
    next: 'Check that the Debian mirror in the apt sources is reachable and that debootstrap is installed.',
    exit: 1,
  },
  'builder-failed': {
    title: 'The builder failed',
    next: 'The log shows the step that failed and its last lines.',
    exit: 1,
  },
  'builder-garbage': {
    title: 'The builder said something that is not understood',
    next: 'The builder image does not keep the contract: see its README.',
    exit: 1,
  },
  'metadata-missing': {
    title: 'The builder left no metadata',
    next: 'The builder image does not keep the contract: see builders/README.md.',
    exit: 1,
  },
  'metadata-invalid': {
    title: 'The metadata of the builder is not valid',
    next: 'The builder image does not keep the contract: see builders/README.md.',
    exit: 1,
  },
  'artifact-missing': {
    title: 'The image named by the builder does not exist',
    next: 'The builder image does not keep the contract: see builders/README.md.',
    exit: 1,
  },
  'artifact-outside-volume': {
    title: 'The builder named a file outside its volume',
    next: 'The artifact was refused. Do not use this builder image.',
    exit: 1,
  },
  'artifact-size-mismatch': {
    title: 'The image does not have the size that the builder reported',
    next: 'The artifact was refused. Check the disk, then build again.',
    exit: 1,
  },
  'artifact-digest-mismatch': {
    title: 'The image does not have the digest that the builder reported',
    next: 'The artifact was refused. Check the disk, then build again.',
    exit: 1,
  },
  'job-lost': {
    title: 'The job was running when the application ended',
    next: 'Its container is removed as soon as an engine answers. Start the build again: what was finished is in the cache.',
    exit: 1,
  },
  'job-not-found': { title: 'There is no job of this id', next: 'Choose one from the list.', exit: 1 },

  'image-too-large': {
    title: 'The image is larger than its limit',
    next: 'Raise sizeLimit in the image document, or take packages out of its profile.',
    exit: 1,
  },
  'image-not-stampable': {
    title: 'The image has no stamp area',
    next: 'Only images assembled by Siteforge can be stamped. Build one from the site.',
    exit: 1,
  },
  'image-damaged': {
    title: 'The image is damaged',
    next: 'Build it again or copy it again from its source.',
    exit: 1,
  },
  'seed-too-large': {
    title: 'The seed does not fit the stamp area',
    next: 'Make the user-data smaller or raise stampArea in the image document and build again.',
    exit: 1,
  },
  'kernel-arguments-too-long': {
    title: 'The kernel arguments do not fit their area',
    next: 'Shorten the kernel arguments of the host, or bake common ones into the profile.',
    exit: 1,
  },
  'seed-unreadable': {
    title: 'The seed in the image cannot be read',
    next: 'Reset the image (stamp --reset), then stamp it again.',
    exit: 1,
  },
  'kernel-arguments-invalid': {
    title: 'A kernel argument cannot be passed through the boot loader',
    next: 'Write the argument without quotes, backslashes and blanks.',
    exit: 1,
  },
  'output-is-source': {
    title: 'The output is the image itself',
    next: 'Name another file for the output.',
    exit: 2,
  },
  'image-changed': {
    title: 'The image changed while it was read',
    next: 'Wait until the program that writes it is done, then start again.',
    exit: 1,
  },

  'qemu-missing': {
    title: 'QEMU is not installed',
    next: 'Install qemu-system-x86 (Debian, Ubuntu) or qemu (others).',
    exit: 1,
  },
  'firmware-missing': {
    title: 'No UEFI firmware for QEMU is installed',
    next: 'Install ovmf (Debian, Ubuntu) or edk2-ovmf (others).',
    exit: 1,
  },
  'boot-failed': {
    title: 'The image did not come up',
    next: 'Read the console output up to the last milestone.',
    exit: 1,
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof table;

export const errorTable: Readonly<Record<ErrorCode, ErrorEntry>> = table;
export const errorCodes = Object.keys(table) as [ErrorCode, ...ErrorCode[]];

/** What crosses the border between processes and is shown to people. `detail` is for logs and the folded part. */
export interface Failure {
  readonly code: ErrorCode;
  /** Where it happened: a file, a document, a container, a device. */
  readonly where?: string | undefined;
  /** What happened in this case, one sentence. The title of the code when left out. */
  readonly message: string;
  readonly next: string;
  readonly detail?: string | undefined;
}

export class SiteforgeError extends Error {
  readonly code: ErrorCode;
  readonly where: string | undefined;
  readonly detail: string | undefined;

  constructor(
    code: ErrorCode,
    options: { message?: string; where?: string; detail?: string; cause?: unknown } = {},
  ) {
    super(options.message ?? errorTable[code].title, { cause: options.cause });
    this.name = 'SiteforgeError';
    this.code = code;
    this.where = options.where;
    this.detail = options.detail;
  }
}

/** The failure of anything thrown: what is not ours is `internal`, with its stack as detail. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof SiteforgeError) {
    return {
      code: thrown.code,
      where: thrown.where,
      message: thrown.message,
      next: errorTable[thrown.code].next,
      detail: thrown.detail,
    };
  }
  const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { code: 'internal', message: errorTable.internal.title, next: errorTable.internal.next, detail };
}
