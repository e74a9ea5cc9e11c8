import { linesOfText } from '../../../source/line-of-text.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { canonicalSysctlKey, sysctlFile } from './sysctl.ts';

/**
 * Files of the profile that set a kernel parameter otherwise than its section does. Files are read in the order of their
 * names, wherever they lie, and the last one counts (sysctl.d(5)); Debian reads /etc/sysctl.conf as 99-sysctl.conf.
 */
export function checkSysctlFiles({ spec, at, contradiction }: ProfileCheck): void {
  const section = new Map(
    Object.entries(spec.sysctl ?? {}).map(([key, text]) => [canonicalSysctlKey(key), { key, text }]),
  );
  if (section.size === 0) return;
  for (const [index, { path, content }] of (spec.files ?? []).entries()) {
    if (!/^\/etc\/sysctl(\.d\/[^/]+)?\.conf$/.test(path)) continue;
    const name = path === '/etc/sysctl.conf' ? '99-sysctl.conf' : nameOf(path);
    const winner = name > nameOf(sysctlFile) ? path : 'the section';
    const lineAt = linesOfText(at('files', index, 'content'));
    for (const [line, written] of content.split('\n').entries()) {
      const [, key = '', text = ''] = /^\s*-?([^\s#;=]+)\s*=\s*(.*?)\s*$/.exec(written) ?? [];
      const set = section.get(canonicalSysctlKey(key));
      if (set === undefined || inWords(set.text) === inWords(text)) continue;
      contradiction(
        lineAt(line),
        `${key} is ${text} here and ${set.text} under “sysctl”. Hosts have that of ${winner}, which is read last. Keep one of both.`,
      );
    }
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Numbers of one parameter stand with any white space between them. */
function inWords(text: string): string {
  return text.trim().split(/\s+/).join(' ');
}
