import { readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { writeFileAtomically } from '../files/atomic-write.ts';
import { fileFailure, isMissing } from '../files/file-failures.ts';

/** More folders than any site lies deep; the root of the disk ends it anyway. */
const deepest = 64;

interface Rules {
  /** The folder that the patterns are meant from. */
  readonly folder: string;
  readonly text: string;
}

/**
 * Whether git would leave a file in a folder of the site alone, by the rules of gitignore(5) in the site, above it up
 * to the root of the repository, and in its `info/exclude`. git itself is not asked: the configuration of a repository
 * that came from elsewhere may name programs that it runs.
 */
export async function isIgnored(siteFolder: string, folderName: string): Promise<boolean> {
  const rules = await rulesFor(siteFolder);
  // The folder, then what lies in it: `secrets/*` ignores every file, but not the folder.
  for (const [path, isFolder] of [
    ...ancestorsIn(rules, join(siteFolder, folderName)),
    [join(siteFolder, folderName, 'name'), false] as const,
  ]) {
    if (verdict(rules, path, isFolder)) return true;
  }
  return false;
}

function ancestorsIn(
  rules: readonly Rules[],
  folder: string,
): (readonly [path: string, isFolder: boolean])[] {
  const top = rules[0]?.folder ?? dirname(folder);
  const found: [string, boolean][] = [];
  for (let path = folder; path !== top && path.startsWith(top); path = dirname(path))
    found.unshift([path, true]);
  return found;
}

/** From the root of the repository down: later rules win. Without a repository, those of the site alone. */
async function rulesFor(siteFolder: string): Promise<Rules[]> {
  const folders: string[] = [];
  let folder = siteFolder;
  for (let depth = 0; depth < deepest; depth++, folder = dirname(folder)) {
    folders.unshift(folder);
    if (await exists(join(folder, '.git'))) {
      const exclude = { folder, text: await textOf(join(folder, '.git', 'info', 'exclude')) };
      return [exclude, ...(await Promise.all(folders.map(rulesIn)))];
    }
    if (folder === dirname(folder)) break;
  }
  return [await rulesIn(siteFolder)];
}

async function rulesIn(folder: string): Promise<Rules> {
  return { folder, text: await textOf(join(folder, '.gitignore')) };
}

function verdict(rules: readonly Rules[], path: string, isFolder: boolean): boolean {
  let ignored = false;
  for (const { folder, text } of rules) {
    const inside = relative(folder, path).split(sep).join('/');
    if (inside === '' || inside.startsWith('..')) continue;
    for (const line of text.split(/\r?\n/)) {
      const pattern = patternOf(line);
      if (pattern === undefined || (pattern.foldersOnly && !isFolder)) continue;
      if (pattern.matches.test(inside)) ignored = !pattern.negated;
    }
  }
  return ignored;
}

/** One line of gitignore(5); undefined for comments and blank lines. */
function patternOf(line: string): { matches: RegExp; negated: boolean; foldersOnly: boolean } | undefined {
  const written = line.replace(/(?<!\\)[ \t]+$/, '');
  if (written === '' || written.startsWith('#') || written.length > 1000) return undefined;
  const negated = written.startsWith('!');
  const body = (negated ? written.slice(1) : written).replace(/^\\(?=[#!])/, '');
  const foldersOnly = body.endsWith('/');
  const path = foldersOnly ? body.slice(0, -1) : body;
  const anchored = path.includes('/');
  const source = globSource(path.replace(/^\//, ''));
  return { matches: new RegExp(`^${anchored ? '' : '(?:.*/)?'}${source}$`), negated, foldersOnly };
}

function globSource(glob: string): string {
  return glob.replace(
    /\*\*\/|\/\*\*$|\*+|\?|\[(?:!|\^)?\]?[^\]/]*\]|\\(.)|[.+^${}()|[\]\\]/g,
    (part, escaped: string | undefined) => {
      if (part === '**/') return '(?:.*/)?';
      if (part === '/**') return '/.*';
      if (part.startsWith('*')) return '[^/]*';
      if (part === '?') return '[^/]';
      if (part.startsWith('[') && part.length > 1)
        return `[${part.slice(1, -1).replace(/^!/, '^').replaceAll('\\', '\\\\')}]`;
      return `\\${escaped ?? part}`;
    },
  );
}

/** Adds the folder to the site's own .gitignore. Errors: those of writing a file. */
export async function ignoreFolder(siteFolder: string, folderName: string): Promise<void> {
  const file = join(siteFolder, '.gitignore');
  const before = await textOf(file);
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  const line = `# Keys and passwords: never in git.\n${folderName}/\n`;
  try {
    await writeFileAtomically(file, `${before}${gap}${line}`);
  } catch (thrown) {
    throw fileFailure(thrown, file, 'write');
  }
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((thrown: unknown) => {
    if (isMissing(thrown)) return '';
    throw fileFailure(thrown, file, 'read');
  });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
