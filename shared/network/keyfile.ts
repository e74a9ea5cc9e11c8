/** The permissions of every keyfile: NetworkManager ignores one that others may read. */
export const keyfileMode = 0o600;

export type KeyfileValue = string | number | boolean | readonly string[];

/** A keyfile of NetworkManager (nm-settings-keyfile(5)), which is one of GLib’s. */
export class Keyfile {
  readonly #sections = new Map<string, Map<string, KeyfileValue>>();

  /** Makes a section stand even without keys. */
  section(name: string): void {
    if (!this.#sections.has(name)) this.#sections.set(name, new Map());
  }

  set(section: string, key: string, value: KeyfileValue | undefined): void {
    if (value === undefined) return;
    this.section(section);
    this.#sections.get(section)?.set(key, value);
  }

  get(section: string, key: string): KeyfileValue | undefined {
    return this.#sections.get(section)?.get(key);
  }

  text(): string {
    const blocks = [...this.#sections].map(([name, entries]) =>
      [`[${name}]`, ...[...entries].map(([key, value]) => `${key}=${written(value)}`), ''].join('\n'),
    );
    return blocks.join('\n');
  }
}

function written(value: KeyfileValue): string {
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value.map((item) => `${escaped(item).replaceAll(';', '\\;')};`).join('');
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** GLib unescapes these, and takes spaces at the start for no part of the value. NUL has no spelling. */
function escaped(text: string): string {
  const plain = text.replaceAll('\0', '').replace(/[\\\n\r\t]/g, (character) => escapes[character] ?? '');
  return plain.replace(/^ +/, (spaces) => '\\s'.repeat(spaces.length));
}

/**
 * The name of the file for a connection, which NetworkManager is free to choose: without what no folder takes, and
 * never hidden. `taken` are those given before; case does not tell files apart everywhere.
 */
export function keyfileName(id: string, taken: ReadonlySet<string>): string {
  const plain =
    id
      .replace(/[\p{Cc}/\\]/gu, '_')
      .replace(/^\./, '_')
      .slice(0, 100) || '_';
  const nameOf = (attempt: number) => `${plain}${attempt === 1 ? '' : `-${attempt}`}.nmconnection`;
  let attempt = 1;
  while (taken.has(nameOf(attempt).toLowerCase())) attempt++;
  return nameOf(attempt);
}
