import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A place that packages come from, as apt's configuration names it (sources.list(5)). */
export interface AptSource {
  readonly uri: string;
  readonly suite: string;
  readonly components: readonly string[];
  /** By their names in the one-line format, in small letters: `signed-by`, `arch`, `trusted`, ... */
  readonly options: ReadonlyMap<string, string>;
}

/** What apt reads as no (apt-pkg/contrib/strutl.cc, StringToBool). */
export const no = /^(?:no|false|without|off|disable|0)$/i;

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
    const match = /^\s*deb\s+(?:\[([^\]]*)\]\s*)?(\S+)\s+(\S+)([^#]*)/.exec(line);
    if (match?.[2] === undefined || match[3] === undefined) return [];
    const options = words(match[1] ?? '').map((option): [string, string] => {
      const [, name = '', value = ''] = /^([^=]*)=?(.*)$/.exec(option) ?? [];
      return [name.toLowerCase(), value];
    });
    const components = words(match[4] ?? '');
    return [{ uri: match[2], suite: match[3], components, options: new Map(options) }];
  });
}

/** Field names of the deb822 format whose option has another name in the one-line format. */
const oneLineNames: Readonly<Record<string, string>> = {
  architectures: 'arch',
  'architectures-remove': 'arch-',
};

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
        key = oneLineNames[field[1].toLowerCase()] ?? field[1].toLowerCase();
        fields.set(key, (field[2] ?? '').trim());
      } else if (key !== '' && /^\s/.test(line)) fields.set(key, `${fields.get(key) ?? ''} ${line.trim()}`);
    }
    const of = (name: string) => words(fields.get(name) ?? '');
    if (no.test(fields.get('enabled') ?? '') || !of('types').includes('deb')) return [];
    return of('uris').flatMap((uri) =>
      of('suites').map((suite) => ({ uri, suite, components: of('components'), options: fields })),
    );
  });
}

export function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
