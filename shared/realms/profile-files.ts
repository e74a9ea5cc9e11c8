import { type FileLine, linesWithComments } from './file-lines.ts';
import type { Addition } from './misplaced.ts';

interface ProfileFile {
  readonly path: RegExp;
  /** Of all lines; undefined where one of them says what the profile has no word for. */
  readonly read: (lines: readonly FileLine[]) => readonly Addition[] | undefined;
}

/** What each line amounts to; undefined as soon as one amounts to nothing. */
function eachLine(pattern: RegExp, read: (parts: readonly string[]) => Addition): ProfileFile['read'] {
  return (lines) => {
    const matches = lines.map(({ text }) => pattern.exec(text));
    if (matches.includes(null)) return undefined;
    return matches.map((match, index) => ({
      ...read(match?.slice(1) ?? []),
      comments: lines[index]?.comments ?? [],
    }));
  };
}

const files: readonly ProfileFile[] = [
  {
    path: /^\/etc\/sysctl\./,
    // Behind a dash in front of a name, failure is ignored (sysctl.d(5)): the profile has no word for that.
    read: eachLine(/^([A-Za-z0-9_./*:@][A-Za-z0-9_./*:@-]*)\s*=\s*(.+)$/, ([key = '', value = '']) => ({
      path: ['sysctl'],
      key,
      value,
    })),
  },
  {
    path: /^\/etc\/(modules$|modules-load\.d\/)/,
    read: eachLine(/^([A-Za-z0-9_-]+)$/, ([item = '']) => ({ path: ['kernel', 'modules', 'load'], item })),
  },
  { path: /^\/etc\/modprobe\.d\/[^/]+\.conf$/, read: readModprobe },
  {
    path: /^\/etc\/security\/limits(\.conf$|\.d\/[^/]+\.conf$)/,
    read: eachLine(
      /^(\S+)\s+(soft|hard|-)\s+([a-z]+)\s+(\S+)$/,
      ([domain = '', type = '', limited = '', value = '']) => ({
        path: ['limits'],
        item: { domain, type, item: limited, value },
      }),
    ),
  },
];

/**
 * modprobe.d(5). `install X /bin/false` is not the same as a blacklist: it keeps a module out even where its name is
 * given, so that a file with such lines stays a file.
 */
function readModprobe(lines: readonly FileLine[]): readonly Addition[] | undefined {
  const modules = ['kernel', 'modules'];
  const additions: Addition[] = [];
  const options = new Map<string, { values: string[]; comments: string[] }>();
  for (const { text, comments } of lines) {
    const [, refused] = /^blacklist\s+([A-Za-z0-9_-]+)$/.exec(text) ?? [];
    const [, name = '', value = ''] = /^options\s+([A-Za-z0-9_-]+)\s+(\S.*)$/.exec(text) ?? [];
    if (refused !== undefined) additions.push({ path: [...modules, 'blacklist'], item: refused, comments });
    // What stands behind a # on a line, or on the next one, is no comment and no setting that could be told from others.
    else if (value === '' || /#|\\$/.test(value)) return undefined;
    else {
      const given = options.get(name) ?? { values: [], comments: [] };
      given.values.push(value);
      given.comments.push(...comments);
      options.set(name, given);
    }
  }
  for (const [key, { values, comments }] of options)
    additions.push({ path: [...modules, 'options'], key, value: values.join(' '), comments });
  return additions;
}

/** What a file of settings amounts to in a host profile; undefined where it holds more. */
export function settingsOfProfile(path: string, content: string): readonly Addition[] | undefined {
  const additions = files.find((each) => each.path.test(path))?.read(linesWithComments(content));
  return additions?.length === 0 ? undefined : additions;
}
