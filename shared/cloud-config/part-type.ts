/** What cloud-init takes a part of user-data for. */
export type PartType =
  | 'cloud-config'
  | 'archive'
  | 'jsonp'
  | 'template'
  | 'script'
  | 'include'
  | 'boothook'
  | 'part-handler'
  | 'upstart'
  | 'multipart'
  | 'ignored'
  | 'none';

/** Headers in lower case, the longer ones first (`INCLUSION_TYPES_MAP` in cloudinit/handlers/__init__.py). */
const headers: readonly (readonly [RegExp, PartType])[] = [
  [/^#cloud-config-archive/, 'archive'],
  [/^#cloud-config-jsonp/, 'jsonp'],
  [/^#cloud-config/, 'cloud-config'],
  [/^## template: jinja/, 'template'],
  [/^#!/, 'script'],
  [/^#include(-once)?/, 'include'],
  [/^#cloud-boothook/, 'boothook'],
  [/^#part-handler/, 'part-handler'],
  [/^#upstart-job/, 'upstart'],
  // The documentation's own example of what is passed over in silence.
  [/^#ignored/, 'ignored'],
];

/** Longest start that a header is looked for in; `convert_string` of cloudinit/user_data.py looks for MIME in 4 KiB. */
const longestStart = 200;
const longestMimeHead = 4096;

/** The first line of a message in a mailbox, which write-mime-multipart of cloud-utils wrote for years. */
export const mailboxLine = /^From [^\r\n]*\r?\n/i;

/** How cloud-init takes a text: by how it starts, without leading space and in lower case. */
export function partTypeOf(text: string): PartType {
  const start = startOf(text);
  const known = headers.find(([pattern]) => pattern.test(start))?.[1];
  if (known !== undefined) return known;
  const isMime =
    mailboxLine.test(start) ||
    /^(content-[a-z-]+|mime-version|from|subject|merge-type|number-attachments|x-[a-z-]+): ?/.test(start);
  const mimeHead = text.slice(0, longestMimeHead).toLowerCase();
  return isMime && /^(mime-version:|content-type: ?multipart)/m.test(mimeHead) ? 'multipart' : 'none';
}

/** The first characters as cloud-init compares them. */
export function startOf(text: string): string {
  const from = text.search(/[^\s\uFEFF]/);
  return from < 0
    ? ''
    : text
        .slice(from, from + longestStart)
        .trimStart()
        .toLowerCase();
}

/** Types of MIME parts and of entries of an archive, with what they are (the same map, and cloudinit/user_data.py). */
export const contentTypes: Readonly<Record<string, PartType>> = {
  'text/cloud-config': 'cloud-config',
  'text/cloud-config-archive': 'archive',
  'text/cloud-config-jsonp': 'jsonp',
  'text/jinja2': 'template',
  'text/x-shellscript': 'script',
  'text/x-shellscript-per-boot': 'script',
  'text/x-shellscript-per-instance': 'script',
  'text/x-shellscript-per-once': 'script',
  'text/x-include-url': 'include',
  'text/x-include-once-url': 'include',
  'text/cloud-boothook': 'boothook',
  'text/part-handler': 'part-handler',
  'text/upstart-job': 'upstart',
};

/** Types that say nothing: cloud-init then looks at how the part starts (`TYPE_NEEDED`). */
export const vagueTypes: ReadonlySet<string> = new Set([
  'text/plain',
  'text/x-not-multipart',
  'application/octet-stream',
]);
export const multipartType = /^multipart\//;
