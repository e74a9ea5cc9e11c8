import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A place that packages come from, as apt's configuration names it (sources.list(5)). */
export interface AptSource {
  readonly uri: string;
  readonly suite: string;
}

/**
 * The mirror that this machine's apt uses for a release, or for another release of the same distribution when it
 * runs another one; undefined on machines without apt.
 */
export function mirrorOfThisMachine(release: string, folder = '/etc/apt'): string | undefined {
  const sources = readAptSources(folder).filter(({ uri }) => /^https?:\/\/[^\s]+$/.test(uri));
  const exact = sources.find(({ suite }) => suite === release);
  if (exact !== undefined) return exact.uri;
  const derived = new RegExp(
    `^(${['bookworm', 'trixie', 'bullseye', 'stable', 'testing', 'sid'].join('|')})$`,
  );
  return sources.find(({ suite }) => derived.test(suite))?.uri;
}

export function readAptSources(folder: string): AptSource[] {
  const parts = join(folder, 'sources.list.d');
  const files = [
    join(folder, 'sources.list'),
    ...(existsSync(parts) ? readdirSync(parts).sort() : []).map((name) => join(parts, name)),
  ];
  return files.flatMap((file) => {
    if (!existsSync(file)) return [];
    if (file.endsWith('.sources')) return parseDeb822(readFileSync(file, 'utf8'));
    return file.endsWith('.list') ? parseOneLine(readFileSync(file, 'utf8')) : [];
  });
}

/** `deb [option=value ...] URI SUITE COMPONENT...`, one a line. */
export function parseOneLine(text: string): AptSource[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)/.exec(line);
    return match?.[1] && match[2] ? [{ uri: match[1], suite: match[2] }] : [];
  });
}

/** Stanzas of `Key: value` with continuation lines, as in sources.list(5), "DEB822-STYLE FORMAT". */
export function parseDeb822(text: string): AptSource[] {
  const withoutComments = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n');
  return withoutComments.split(/\n\s*\n/).flatMap((stanza) => {
    const fields = new Map<string, string>();
    let key = '';
    for (const line of stanza.split('\n')) {
      const field = /^([A-Za-z0-9-]+):(.*)$/.exec(line);
      if (field?.[1] !== undefined) {
        key = field[1].toLowerCase();
        fields.set(key, field[2] ?? '');
      } else if (key !== '' && /^\s/.test(line)) fields.set(key, `${fields.get(key) ?? ''} ${line}`);
    }
    const words = (name: string) => (fields.get(name) ?? '').split(/\s+/).filter((word) => word !== '');
    if (fields.get('enabled')?.trim().toLowerCase() === 'no' || !words('types').includes('deb')) return [];
    return words('uris').flatMap((uri) => words('suites').map((suite) => ({ uri, suite })));
  });
}
