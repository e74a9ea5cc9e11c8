import { suggest } from '../../../diagnostics/suggest.ts';
import { linesOfText } from '../../../source/line-of-text.ts';
import type { ProfileCheck } from '../profile-check.ts';

/** limits.conf(5) */
const items =
  'as chroot core cpu data fsize locks maxlogins maxsyslogins memlock msgqueue nice nofile nonewprivs nproc priority rss rtprio sigpending stack'.split(
    ' ',
  );

/** Lines that pam_limits cannot read: it goes on without them. */
export function checkLimitsFiles({ spec, at, value }: ProfileCheck): void {
  for (const [index, { path, content }] of (spec.files ?? []).entries()) {
    if (/^\/etc\/security\/limits\.d\/(?![^/]*\.conf$)[^/]+$/.test(path))
      value(at('files', index, 'path'), `${path} is passed over: pam_limits reads what ends with .conf.`);
    if (!/^\/etc\/security\/limits(\.d\/[^/]+)?\.conf$/.test(path)) continue;
    const lineAt = linesOfText(at('files', index, 'content'));
    for (const [number, line] of content.split(/\r?\n/).entries()) {
      const problem = problemOf(line.replace(/#.*/, '').trim());
      if (problem !== undefined) value(lineAt(number), problem);
    }
  }
}

function problemOf(line: string): string | undefined {
  const words = line.split(/\s+/);
  const [domain = '', type = '', item = '', amount = ''] = words;
  // “domain -” takes the limits of a domain away.
  if (domain === '' || (words.length === 2 && type === '-')) return undefined;
  if (words.length !== 4)
    return `pam_limits cannot read “${line.slice(0, 60)}”: a line has a domain, soft, hard or -, an item and a value.`;
  if (!/^(soft|hard|-)$/i.test(type)) return `The type of a limit is soft, hard or -, not “${type}”.`;
  if (!items.includes(item.toLowerCase())) {
    const meant = suggest(item, items);
    return `There is no limit “${item}”.${meant === undefined ? '' : ` Did you mean “${meant}”?`}`;
  }
  if (item === 'chroot' || /^([+-]?\d+|-|unlimited|infinity)$/i.test(amount)) return undefined;
  return `A limit is a whole number or unlimited, not “${amount}”.`;
}
