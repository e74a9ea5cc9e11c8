import { ownNameOf } from '../render/host-profile/check-unit-aliases.ts';
import type { Addition } from './misplaced.ts';
import { writtenBy } from './shell-commands.ts';

/** What commands amount to in a host profile; undefined where it has no word for something that they say. */

/** systemctl(1) takes a name without type for a service. */
export function unitOf(word: string): string {
  return /\.[a-z]+$/.test(word) ? word : `${word}.service`;
}

export function unitAdditions(words: readonly string[]): readonly Addition[] | undefined {
  // Units of users and of other systems are none of the image's.
  if (words.some((word) => /^--(user|global|root|runtime)\b/.test(word))) return undefined;
  const [, verb = '', ...names] = words.filter((word) => !word.startsWith('-'));
  const itemOf = (name: string) => (verb === 'enable' ? ownNameOf(unitOf(name)) : unitOf(name));
  return names.every((name) => /^[A-Za-z0-9:_.@-]+$/.test(name))
    ? names.map((name) => ({ path: ['systemd', verb], item: itemOf(name) }))
    : undefined;
}

/** modprobe(8): parameters of the one module whose name they follow. */
export function moduleAdditions(words: readonly string[]): readonly Addition[] | undefined {
  const names = words.filter((word) => !word.includes('='));
  const parameters = words.filter((word) => word.includes('='));
  const modules = ['kernel', 'modules'];
  const loaded = names.map((item): Addition => ({ path: [...modules, 'load'], item }));
  const [key = ''] = names;
  if (parameters.length === 0) return loaded;
  return names.length > 1
    ? undefined
    : [...loaded, { path: [...modules, 'options'], key, value: parameters.join(' ') }];
}

/** apt-get(8): options with a value of their own choose a release, a file or a setting that packages do not have here. */
export function packageAdditions(words: readonly string[]): readonly Addition[] | undefined {
  const [, ...rest] = words;
  if (
    rest.some((word) =>
      /^(-[a-z]*[tocaP]|--(target-release|default-release|option|config-file|host-architecture))(=|$)/.test(
        word,
      ),
    )
  )
    return undefined;
  const names = rest.filter((word) => word !== 'install' && !word.startsWith('-'));
  return names.every((name) => /^[a-z0-9][a-z0-9+.-]*[a-z0-9+](=[A-Za-z0-9.+:~_-]+)?$/.test(name))
    ? names.map((item) => ({ path: ['packages', 'install'], item }))
    : undefined;
}

/** What is written to a file below /proc/sys (sysctl(8)). */
export function kernelParameter(command: string): readonly Addition[] | undefined {
  const written = writtenBy(command);
  const [, name] = /^\/proc\/sys\/([\w/-]+)$/.exec(written?.path ?? '') ?? [];
  return written === undefined || name === undefined
    ? undefined
    : [{ path: ['sysctl'], key: name.replaceAll('/', '.'), value: written.content }];
}

/** Undefined where a word is no setting. */
export function pairs(words: readonly string[]): [string, string][] | undefined {
  const split = words.map((word) => /^([^=]+)=(.*)$/s.exec(word));
  return split.includes(null)
    ? undefined
    : split.map((match): [string, string] => [match?.[1] ?? '', match?.[2] ?? '']);
}
