import { isList, isMap, type PlainScalar, type PlainValue } from './plain-value.ts';

/** Chooses a number from 0 to `count` - 1. */
export type Pick = (count: number) => number;

/** Texts that YAML could take for something else, beside ordinary ones. */
const texts = [
  'worker',
  'edge-node',
  'enp1s0',
  '10.20.0.11',
  '10.20.0.11/24',
  '52:54:00:20:22:01',
  'aa:bb:cc:dd:ee:ff',
  '2001:db8::1/64',
  'yes',
  'no',
  '0644',
  '12:30',
  '1e3',
  'null',
  '~',
  '',
  ' ',
  'a: b',
  'a #b',
  '# no comment',
  '- a',
  '? a',
  '{a}',
  '[a, b]',
  'it’s "quoted"',
  "it's",
  '*star',
  '&and',
  '!bang',
  '%percent',
  '@at',
  'back\\slash',
  'tab\there',
  'ends ',
  '((var.address))',
  'redfish+https://10.0.0.1/redfish/v1/Systems/1',
  '2026-11-21',
  '=',
  '<<',
  'a,b',
  'ümlaut',
  '\u00a0',
  '\u0085',
  '---',
  '...',
  'x'.repeat(90),
];
const longTexts = [
  'one\ntwo\n',
  'one\n\n  two',
  '#!/bin/sh\necho "a: b" # c\n',
  '\n',
  'a\n\n',
  ' lead\nline\n',
  'x\r\ny',
];
const keys = [
  'name',
  'spec',
  'role',
  'macs',
  'eth0',
  'a-b',
  'size',
  'flags',
  'yes',
  '10.0.0.0/8',
  'a b',
  'x.y',
  '7',
];

export function pickScalar(pick: Pick): PlainScalar {
  const others = [0, 1, -5, 1500, 3.5, 1e21, true, false, null];
  const kind = pick(6);
  if (kind === 0) return others[pick(others.length)] ?? null;
  if (kind === 1) return longTexts[pick(longTexts.length)] ?? '';
  return texts[pick(texts.length)] ?? '';
}

export function pickValue(pick: Pick, depth = 0): PlainValue {
  const kind = depth > 3 ? 0 : pick(4);
  if (kind < 2) return pickScalar(pick);
  const count = pick(4);
  if (kind === 2) return Array.from({ length: count }, () => pickValue(pick, depth + 1));
  const names = new Set(Array.from({ length: count }, () => pickKey(pick)));
  return Object.fromEntries([...names].map((key) => [key, pickValue(pick, depth + 1)]));
}

export function pickKey(pick: Pick): string {
  return keys[pick(keys.length)] ?? 'a';
}

/** Every way to the parts of a value, the whole first. */
export function pathsOf(value: PlainValue, path: readonly (string | number)[] = []): (string | number)[][] {
  const below = isList(value)
    ? value.flatMap((item, index) => pathsOf(item, [...path, index]))
    : isMap(value)
      ? Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))
      : [];
  return [[...path], ...below];
}

/** Writes a value as people do, with comments `#1`, `#2` and so on, in one of many styles. */
export class DocumentWriter {
  readonly #pick: Pick;
  #comments = 0;

  constructor(pick: Pick) {
    this.#pick = pick;
  }

  write(value: PlainValue): string {
    const isCollection =
      (isList(value) && value.length > 0) || (isMap(value) && Object.keys(value).length > 0);
    const lines = isCollection ? this.#block(value, 0) : [this.#inline(value, false)];
    const head = this.#pick(3) === 0 ? [this.#comment(), ...(this.#pick(2) === 0 ? ['---'] : [])] : [];
    const lineEnd = this.#pick(4) === 0 ? '\r\n' : '\n';
    return [...head, ...lines].join(lineEnd) + (this.#pick(4) === 0 && !isOpenEnded(lines) ? '' : lineEnd);
  }

  #comment(): string {
    this.#comments += 1;
    return `#${this.#comments}`;
  }

  #behind(): string {
    return this.#pick(4) === 0 ? `  ${this.#comment()}` : '';
  }

  #between(column: number): string[] {
    const kind = this.#pick(8);
    if (kind === 0) return [''];
    return kind === 1 ? [`${' '.repeat(column)}${this.#comment()}`] : [];
  }

  #block(value: PlainValue, column: number): string[] {
    const margin = ' '.repeat(column);
    if (isList(value))
      return value.flatMap((item) => [
        ...this.#between(column),
        ...this.#child(`${margin}-`, item, column, true),
      ]);
    return Object.entries(value as Record<string, PlainValue>).flatMap(([key, item]) => [
      ...this.#between(column),
      ...this.#child(`${margin}${this.#key(key)}:`, item, column, false),
    ]);
  }

  #key(key: string): string {
    return /^[a-z][\w.-]*$/.test(key) && key !== 'yes' && this.#pick(6) > 0 ? key : JSON.stringify(key);
  }

  #child(lead: string, value: PlainValue, column: number, isItem: boolean): string[] {
    const isCollection =
      (isList(value) && value.length > 0) || (isMap(value) && Object.keys(value).length > 0);
    if (isCollection && this.#pick(4) > 0) {
      if (isItem && this.#pick(4) > 0) {
        const [first = '', ...rest] = this.#block(value, column + 2);
        if (first.trim() !== '' && !first.trim().startsWith('#'))
          return [`${lead} ${first.trimStart()}`, ...rest];
        return [lead, first, ...rest];
      }
      const deeper = !isItem && isList(value) && this.#pick(3) === 0 ? column : column + 2 + this.#pick(2);
      return [`${lead}${this.#behind()}`, ...this.#block(value, deeper)];
    }
    if (isCollection && this.#pick(3) === 0) return this.#brackets(lead, value, column);
    if (value === null && this.#pick(2) === 0) return [`${lead}${this.#behind()}`];
    if (
      typeof value === 'string' &&
      /^\S.*\n/.test(value) &&
      !value.includes('\r') &&
      !/\n{2}$/.test(value)
    ) {
      const chomping = value.endsWith('\n') ? '' : '-';
      const body = value.replace(/\n$/, '').split('\n');
      const margin = ' '.repeat(column + 2);
      return [
        `${lead} |${chomping}${this.#behind()}`,
        ...body.map((line) => (line === '' ? '' : margin + line)),
      ];
    }
    return [`${lead} ${this.#inline(value, false)}${this.#behind()}`];
  }

  /** On several lines, an item each. */
  #brackets(lead: string, value: PlainValue, column: number): string[] {
    const margin = ' '.repeat(column + 2);
    const parts = isList(value)
      ? value.map((item) => this.#inline(item, true))
      : Object.entries(value as Record<string, PlainValue>).map(
          ([key, item]) => `${JSON.stringify(key)}: ${this.#inline(item, true)}`,
        );
    const hasLastComma = this.#pick(3) === 0;
    const lines = parts.map((part, index) => {
      const comma = index < parts.length - 1 || hasLastComma ? ',' : '';
      return `${margin}${part}${comma}${this.#behind()}`;
    });
    const [open, close] = isList(value) ? ['[', ']'] : ['{', '}'];
    return [`${lead} ${open}`, ...lines, `${margin}${close}`];
  }

  #inline(value: PlainValue, isFlow: boolean): string {
    const space = this.#pick(3) === 0 ? ' ' : '';
    if (isList(value)) return `[${space}${value.map((item) => this.#inline(item, true)).join(', ')}${space}]`;
    if (isMap(value)) {
      const parts = Object.entries(value).map(
        ([key, item]) => `${JSON.stringify(key)}: ${this.#inline(item, true)}`,
      );
      return `{${space}${parts.join(', ')}${space}}`;
    }
    if (typeof value !== 'string') return value === 1e21 ? '1e+21' : String(value);
    if (/^[a-z][\w./-]*$/.test(value) && !/^(yes|no|null)$/.test(value) && this.#pick(3) > 0) return value;
    const isSingle = !/[\p{C}\u2028\u2029]/u.test(value) && this.#pick(3) === 0 && !isFlow;
    return isSingle
      ? `'${value.replaceAll("'", "''")}'`
      : JSON.stringify(value).replaceAll('\u0085', '\\u0085');
  }
}

/** Whether the last line belongs to a text of several lines, whose end would be another without a line end. */
function isOpenEnded(lines: readonly string[]): boolean {
  return lines.some((line) => /\|-?(\s|$)/.test(line));
}
