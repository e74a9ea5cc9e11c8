import { linesOfText } from '../../../source/line-of-text.ts';
import { meantName, sysctlKeys } from '../likely-names.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { whyGone } from './gone-sysctls.ts';
import { canonicalSysctlKey, sysctlFile } from './sysctl.ts';

/**
 * Files of the profile that set a kernel parameter otherwise than its section does. Files are read in the order of their
 * names, wherever they lie, and the last one counts (sysctl.d(5)); Debian reads /etc/sysctl.conf as 99-sysctl.conf.
 */
export function checkSysctlFiles({ spec, at, contradiction, value }: ProfileCheck): void {
  const section = new Map(
    Object.entries(spec.sysctl ?? {}).map(([key, text]) => [canonicalSysctlKey(key), { key, text }]),
  );
  for (const [index, { path, content }] of (spec.files ?? []).entries()) {
    if (!/^\/etc\/sysctl(\.d\/[^/]+)?\.conf$/.test(path)) continue;
    const name = path === '/etc/sysctl.conf' ? '99-sysctl.conf' : nameOf(path);
    const winner = name > nameOf(sysctlFile) ? path : 'the section';
    const lineAt = linesOfText(at('files', index, 'content'));
    for (const [line, written] of content.split('\n').entries()) {
      const problem = lineProblem(written.trim());
      if (problem !== undefined) value(lineAt(line), problem);
      const [, key = '', text = ''] = /^-?([^\s#;=]+)\s*=\s*(.*)$/.exec(written.trim()) ?? [];
      const set = section.get(canonicalSysctlKey(key));
      if (set === undefined || inWords(set.text) === inWords(text)) continue;
      contradiction(
        lineAt(line),
        `${key} is ${text} here and ${set.text} under “sysctl”. Hosts have that of ${winner}, which is read last. Keep one of both.`,
      );
    }
  }
}

/** systemd-sysctl: “Line is not an assignment, ignoring”, and what procfs does not have. */
function lineProblem(line: string): string | undefined {
  if (line === '' || /^[#;]/.test(line)) return undefined;
  const [, key] = /^-?([^\s=]+)\s*=/.exec(line) ?? [];
  // A name behind - takes it out of what a pattern sets.
  if (key === undefined)
    return /^-\S+$/.test(line)
      ? undefined
      : `This line is passed over: it is no name = value, such as vm.swappiness = 10.`;
  const why = whyGone(canonicalSysctlKey(key));
  if (why !== undefined) return `There is no ${key}: ${why}.`;
  const meant = meantName(key.replaceAll('/', '.'), sysctlKeys);
  return meant && `“${key}” is not known. Did you mean “${meant}”?`;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Numbers of one parameter stand with any white space between them. */
function inWords(text: string): string {
  return text.trim().split(/\s+/).join(' ');
}
