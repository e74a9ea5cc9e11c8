import { suggest } from '../../../diagnostics/suggest.ts';
import { linesOfText } from '../../../source/line-of-text.ts';
import type { ProfileCheck } from '../profile-check.ts';

/** modprobe.d(5); config is of older versions, and weakdep of later ones. */
const commands = ['alias', 'blacklist', 'config', 'install', 'options', 'remove', 'softdep', 'weakdep'];

/** Lines that modprobe and systemd-modules-load pass over with a line in a log. */
export function checkModuleFiles({ spec, at, value }: ProfileCheck): void {
  for (const [index, { path, content }] of (spec.files ?? []).entries()) {
    const problemOf = judgeOf(path);
    if (problemOf === undefined) continue;
    const lineAt = linesOfText(at('files', index, 'content'));
    const lines = content.split(/\r?\n/);
    for (const [number, line] of lines.entries()) {
      const text = line.trim();
      // What goes on in the next line is not taken apart.
      if (text === '' || /^[#;]/.test(text) || lines[number - 1]?.endsWith('\\')) continue;
      const problem = problemOf(text);
      if (problem !== undefined) value(lineAt(number), problem);
    }
  }
}

function judgeOf(path: string): ((line: string) => string | undefined) | undefined {
  if (/^\/etc\/modprobe\.d\/[^/]+\.conf$/.test(path)) return modprobeProblem;
  return /^\/etc\/modules-load\.d\/[^/]+\.conf$|^\/etc\/modules$/.test(path) ? loadProblem : undefined;
}

function modprobeProblem(line: string): string | undefined {
  const [command = '', module = ''] = line.split(/\s+/);
  if (!commands.includes(command)) {
    const meant = suggest(command, commands);
    return `modprobe passes over this line: it knows no “${command}”.${meant === undefined ? '' : ` Did you mean “${meant}”?`}`;
  }
  return module.endsWith('.ko')
    ? `${module} is the name of a file: modules are written without .ko.`
    : undefined;
}

/** modules-load.d(5): one name in a line; /etc/modules takes parameters behind it no more. */
function loadProblem(line: string): string | undefined {
  const [name = ''] = line.split(/\s+/);
  if (name.endsWith('.ko') || name.includes('/'))
    return `${name} is the name of a file: modules are written without path and .ko.`;
  if (name === line) return undefined;
  return `There is no module “${line.slice(0, 60)}”: every line has one name. Parameters stand under kernel.modules.options.`;
}
