import { scalarText } from '../assist/insert-text.ts';
import { parseIpInterface, parseIpv4 } from '../network/addresses.ts';
import type { Column, PlainKind } from './columns.ts';
import { wordsOf } from './host-cells.ts';

export interface HostText {
  readonly text: string;
  /** The column that each line came from, counted from 0; undefined for lines of the document itself. */
  readonly columns: readonly (number | undefined)[];
}

/** The document of a host that a row of a table describes, as one writes it by hand. Empty cells are left out. */
export function hostText(columns: readonly Column[], values: readonly string[]): HostText {
  const lines: string[] = [];
  const from: (number | undefined)[] = [];
  const add = (line: string, column?: number) => {
    lines.push(line);
    from.push(column);
  };
  const plain = (kind: PlainKind) => columns.findIndex((column) => column.kind === kind);
  const valueUnder = (kind: PlainKind) => values[plain(kind)] ?? '';
  const addPlain = (kind: PlainKind, key: string, indent: string) => {
    if (valueUnder(kind) !== '') add(`${indent}${key}: ${textScalar(valueUnder(kind))}`, plain(kind));
  };
  const keyed = (kind: 'mac' | 'var') =>
    columns.flatMap((column, index) =>
      'key' in column && column.kind === kind && (values[index] ?? '') !== ''
        ? [{ key: column.key, value: values[index] ?? '', index }]
        : [],
    );
  add('# From a table of hosts. All of this is stamped: a change costs no build.');
  for (const line of ['apiVersion: siteforge/v1', 'kind: Host', 'metadata:']) add(line);
  addPlain('name', 'name', '  ');
  add('spec:');
  addPlain('domain', 'domain', '  ');
  addPlain('role', 'role', '  ');
  add('  # What is baked into the image that this host boots.');
  addPlain('profile', 'profile', '  ');
  const macs = keyed('mac');
  add('');
  add(`  macs:${macs.length === 0 ? ' {}' : ''}`);
  for (const { key, value, index } of macs) add(`    ${textScalar(key)}: ${JSON.stringify(value)}`, index);
  if (['bmc.address', 'bmc.mac', 'bmc.credentials'].some((kind) => valueUnder(kind as PlainKind) !== '')) {
    add('');
    add('  bmc:');
    addPlain('bmc.address', 'address', '    ');
    if (valueUnder('bmc.mac') !== '')
      add(`    mac: ${JSON.stringify(valueUnder('bmc.mac'))}`, plain('bmc.mac'));
    addPlain('bmc.credentials', 'credentials', '    ');
  }
  if (valueUnder('network') !== '') {
    add('');
    add('  network:');
    addPlain('network', 'ref', '    ');
  }
  const fragments = wordsOf(valueUnder('userData'));
  if (fragments.length > 0) {
    add('');
    add(`  userData: [${fragments.map(flowScalar).join(', ')}]`, plain('userData'));
  }
  const variables = keyed('var');
  if (variables.length > 0) {
    add('');
    add('  variables:');
    for (const { key, value, index } of variables)
      add(`    ${textScalar(key)}: ${variableScalar(value)}`, index);
  }
  return { text: `${lines.join('\n')}\n`, columns: from };
}

/** What YAML would not take for text, or not on one line, stands in quotes. */
function textScalar(text: string): string {
  return isOneLine(text) ? scalarText(text) : quoted(text);
}

function flowScalar(text: string): string {
  return /[,[\]{}]/.test(text) ? quoted(text) : textScalar(text);
}

/** A table has no types: what looks like a number or a switch is one, an address stands without quotes. */
function variableScalar(text: string): string {
  if (/^(0|[1-9]\d{0,14}|true|false)$/.test(text)) return text;
  const isIpv4 = /^[\d./]+$/.test(text) && (parseIpv4(text) ?? parseIpInterface(text)) !== undefined;
  return isIpv4 ? text : textScalar(text);
}

function isOneLine(text: string): boolean {
  return !/[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff\p{Cs}]/u.test(text);
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
