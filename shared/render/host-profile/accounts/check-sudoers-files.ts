import { isSudoRule } from '../../../schema/sudo-rule.ts';
import { linesOfText } from '../../../source/line-of-text.ts';
import type { ProfileCheck } from '../profile-check.ts';

/** What is no user specification (sudoers(5)): comments, settings, aliases and other files. */
const isOther = /^\s*(#|@include|Defaults\b|(User|Runas|Host|Cmnd|Cmd)_Alias\b|$)/;

/** Rules in files of sudoers.d that sudo cannot read: it goes on without them, so that nobody has the right. */
export function checkSudoersFiles({ spec, at, value }: ProfileCheck): void {
  for (const [index, { path, content }] of (spec.files ?? []).entries()) {
    if (!/^\/etc\/sudoers\.d\/[^/.]*[^/.~]$/.test(path)) continue;
    const lineAt = linesOfText(at('files', index, 'content'));
    let isContinued = false;
    for (const [number, line] of content.split(/\r?\n/).entries()) {
      const continues = line.endsWith('\\');
      const isWhole = !isContinued && !continues;
      isContinued = continues;
      // What goes on in the next line is not taken apart.
      if (!isWhole || isOther.test(line)) continue;
      const rule = /^\s*(?:"[^"]+"|[^\s,]+)(?:\s*,\s*(?:"[^"]+"|[^\s,]+))*\s+(.+)$/.exec(line)?.[1];
      if (rule !== undefined && isSudoRule(rule.trim())) continue;
      value(
        lineAt(number),
        `sudo cannot read this rule: it is written as joe ALL=(ALL) NOPASSWD: ALL, with the name of a user or %group in front.`,
      );
    }
  }
}
