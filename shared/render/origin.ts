import { valuesWithin } from '../site/substitute.ts';
import type { SourceNode } from '../source/source-node.ts';
import { type Place, placeOf } from '../source/source-place.ts';
import { rangeOf } from '../source/source-text.ts';
import type { WrittenValue } from './cloud-init-yaml.ts';

/** Where a line of a rendered text comes from. */
export interface Origin {
  /** Undefined for what stands in no document. */
  readonly place: Place | undefined;
  /** `spec.dns` for what a document says in other words than cloud-init, or why a line without a place is there. */
  readonly words?: string;
  /** Values that references in the text were filled in with. */
  readonly values: readonly Place[];
}

/** The origins of a text: `lines` has an index into `origins` for each of its lines, -1 where there is none. */
export interface LineOrigins {
  readonly origins: readonly Origin[];
  readonly lines: readonly number[];
}

/** What a node that stands in no file says of its origin. */
export interface StandsFor {
  readonly node: SourceNode | undefined;
  readonly words?: string;
}

export type Substitutes = ReadonlyMap<SourceNode, StandsFor>;

export const noOrigins: LineOrigins = { origins: [], lines: [] };

export function isWrittenNowhere({ source }: SourceNode): boolean {
  return source.file === '';
}

/** Where a value comes from; undefined for one that is only there because of what lies in it. */
export function originOf(node: SourceNode, substitutes: Substitutes): Origin | undefined {
  const standsFor = substitutes.get(node);
  const written = standsFor === undefined ? node : standsFor.node;
  const words = standsFor?.words === undefined ? {} : { words: standsFor.words };
  if (written === undefined) return { place: undefined, ...words, values: [] };
  if (isWrittenNowhere(written)) return undefined;
  return { place: placeOf(written), ...words, values: valuesWithin(written).map(placeOf) };
}

/** `before`: lines of the text before the first value. */
export function lineOriginsOf(
  written: readonly WrittenValue[],
  substitutes: Substitutes,
  before = 0,
): LineOrigins {
  const origins: Origin[] = [];
  const lines: number[] = Array<number>(before).fill(-1);
  for (const each of written) {
    const origin = originOfLine(each, substitutes);
    if (origin === undefined) {
      for (let line = 0; line < each.lineCount; line++) lines.push(-1);
      continue;
    }
    const block = each.lineCount > 1 ? blockStart(each.value, substitutes) : undefined;
    for (let line = 0; line < each.lineCount; line++) {
      if (line === 0 || block !== undefined)
        origins.push(line === 0 || block === undefined ? origin : lineOfBlock(origin, block, line));
      lines.push(origins.length - 1);
    }
  }
  return { origins, lines };
}

/** A value's own place says more than that of its key; what only holds other values is where its key is. */
function originOfLine({ key, value }: WrittenValue, substitutes: Substitutes): Origin | undefined {
  const ofKey = key === undefined ? undefined : originOf(key, substitutes);
  const ofValue = originOf(value, substitutes);
  return value.type === 'scalar' ? (ofValue ?? ofKey) : (ofKey ?? ofValue);
}

/** The node of a literal block, whose lines stand in the document as they are; undefined for other texts. */
function blockStart(value: SourceNode, substitutes: Substitutes): SourceNode | undefined {
  const node = substitutes.get(value)?.node ?? value;
  return node.source.text[node.span.start] === '|' ? node : undefined;
}

function lineOfBlock(origin: Origin, { source, span }: SourceNode, line: number): Origin {
  const block = rangeOf(source, span);
  const number = Math.min(block.start.line + line, block.end.line);
  const start = source.lineStarts[number - 1] ?? 0;
  const next = source.lineStarts[number] ?? source.text.length;
  const text = source.text.slice(start, next).trimEnd();
  const column = text.length - text.trimStart().length + 1;
  const range = {
    start: { line: number, column },
    end: { line: number, column: Math.max(column, text.length + 1) },
  };
  return { ...origin, place: { file: source.file, range } };
}
