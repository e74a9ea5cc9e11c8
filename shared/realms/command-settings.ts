import { ownNameOf } from '../render/host-profile/systemd/check-unit-aliases.ts';
import type { Amount, Surroundings } from './command-rule.ts';
import { linesWithComments } from './file-lines.ts';
import type { Addition } from './misplaced.ts';
import { asFile, deadInImage } from './misplaced-paths.ts';
import { repositoryFrom } from './misplaced-sources.ts';
import { settingsOfProfile } from './profile-files.ts';
import type { Command } from './shell-commands.ts';
import type { Written } from './written-files.ts';

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
  return packagesNamed(words, 'install');
}

/** Only with its configuration a package is taken out as the profile takes it out. */
export function removedPackages(words: readonly string[]): Amount | undefined {
  const isPurge = words.includes('purge') || (words.includes('remove') && words.includes('--purge'));
  return isPurge ? packagesNamed(words, 'purge') : undefined;
}

function packagesNamed(
  [, ...rest]: readonly string[],
  list: 'install' | 'purge',
): readonly Addition[] | undefined {
  if (
    rest.some((word) =>
      /^(-[a-z]*[tocaP]|--(target-release|default-release|option|config-file|host-architecture))(=|$)/.test(
        word,
      ),
    )
  )
    return undefined;
  const names = rest.filter((word) => !/^(install|purge|remove)$/.test(word) && !word.startsWith('-'));
  return names.every((name) => /^[a-z0-9][a-z0-9+.-]*[a-z0-9+](=[A-Za-z0-9.+:~_-]+)?$/.test(name))
    ? names.map((item) => ({ path: ['packages', list], item }))
    : undefined;
}

export function sysctlAdditions([, ...words]: readonly string[]): readonly Addition[] | undefined {
  const split = words.filter((word) => !word.startsWith('-')).map((word) => /^([^=]+)=(.*)$/s.exec(word));
  return split.includes(null)
    ? undefined
    : split.map((match) => ({ path: ['sysctl'], key: match?.[1] ?? '', value: match?.[2] ?? '' }));
}

/** What is written to a file below /proc/sys (sysctl(8)). */
export function kernelParameter({ written }: Command): readonly Addition[] | undefined {
  const [, name] = /^\/proc\/sys\/([\w/-]+)$/.exec(written?.path ?? '') ?? [];
  const value = written?.content.replace(/\n$/, '');
  return value === undefined || name === undefined || value.includes('\n')
    ? undefined
    : [{ path: ['sysctl'], key: name.replaceAll('/', '.'), value }];
}

/** update-locale(8) and localectl(1), which takes the language without a name as well. */
export function localeAdditions(words: readonly string[]): readonly Addition[] | undefined {
  const given = words.slice(words[0] === 'localectl' ? 2 : 1);
  const [, value] = /^(?:LANG=)?([A-Za-z]\w*(?:\.[\w-]+)?(?:@\w+)?)$/.exec(given[0] ?? '') ?? [];
  return given.length === 1 && value !== undefined ? [{ path: [], key: 'locale', value }] : undefined;
}

const unknownKey =
  'only you can say which key signs it. Write the repository there, with that key, armoured, under “key”, and take the command out';

/** add-apt-repository(1) with a line of sources.list. */
export function repositoryAdditions(
  words: readonly string[],
  { handlesKeys }: Surroundings,
): Amount | undefined {
  const [source = '', ...more] = words.slice(1).filter((word) => !/^-(y|n|-yes|-no-update)$/.test(word));
  if (source.startsWith('ppa:'))
    return 'a PPA is of Ubuntu, and its address and key are not written here. Write both there, and take the command out';
  if (more.length > 0 || !source.startsWith('deb ')) return undefined;
  if (handlesKeys()) return unknownKey;
  const [, host = ''] = /https?:\/\/([^/\s:]+)/.exec(source) ?? [];
  const read = repositoryFrom(host, source, undefined);
  return typeof read === 'string' ? read : [read];
}

/** A file of package sources, in lines (sources.list(5), “ONE-LINE-STYLE FORMAT”). */
export function sourcesIn(
  { path, content, isAppended }: Written,
  { handlesKeys }: Surroundings,
): Amount | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'sources.list' && !isAppended)
    return 'it takes the place of the sources that the image comes with, and a repository is one more. Write it there, and take the command out';
  const lines = linesWithComments(content);
  if (lines.length === 0) return undefined;
  if (handlesKeys() || /\bsigned-by=/.test(content)) return unknownKey;
  const additions: Addition[] = [];
  for (const [index, { text, comments }] of lines.entries()) {
    const stem = name.replace(/\.list$/, '');
    const read = repositoryFrom(index === 0 ? stem : `${stem}-${index + 1}`, text, undefined);
    if (typeof read === 'string') return read;
    additions.push({ ...read, comments });
  }
  return additions;
}

/** The section that a file amounts to, or else the file as it is where it is written as a whole. */
export function bakedFile({ written }: Command): readonly Addition[] | undefined {
  if (written === undefined || deadInImage.test(written.path)) return undefined;
  const { path, content, isAppended } = written;
  const settings = settingsOfProfile(path, content);
  if (settings !== undefined || isAppended) return settings;
  return [{ path: ['files'], item: { path, content } }];
}

/** What the fix does where it cannot write the section that was named. */
export function howItMoves(command: Command): string {
  const isFile = bakedFile(command)?.some(({ path: [section] }) => section === 'files');
  return isFile === true && command.written !== undefined ? ` ${asFile(command.written.path)}` : '';
}
