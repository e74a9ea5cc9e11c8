import type { SourceNode } from '../source/source-node.ts';
import type { Addition, Misplaced } from './misplaced.ts';
import type { Brought, LineStanding, ScriptLine } from './script-lines.ts';

/** A move of a command, wherever it is taken from. */
export interface ToldMove {
  readonly to: 'site' | 'profile';
  readonly additions: readonly Addition[];
}

/** A line goes out of its script where it stands alone there, and is a line of the document. */
export function moveOfLine(
  move: ToldMove | undefined,
  lineAt: (index: number) => SourceNode,
  { text, first, last }: ScriptLine,
  standing: LineStanding | undefined,
): Pick<Misplaced, 'move' | 'byHand'> {
  if (move === undefined) return {};
  const [place, end] = [lineAt(first), lineAt(last)];
  const isLine =
    place.type === 'scalar' && text.trimEnd().startsWith(String(place.value).replace(/\s*\\$/, ''));
  if (isLine && end.span.start >= place.span.start && standsAlone(move, text, standing))
    return { move: { ...move, from: { line: { ...place, span: { ...place.span, end: end.span.end } } } } };
  return {
    byHand:
      'what stands around it in the script may decide whether it is run, or bring what it needs. Write there what it does where that holds for all, and take the line out',
  };
}

/** What settings of a profile work on, by their section. Those of site.yaml and limits need nothing that is there. */
const needs: Readonly<Record<string, readonly Brought[]>> = {
  packages: ['packages'],
  repositories: ['packages'],
  systemd: ['units'],
  kernel: ['modules'],
  sysctl: ['modules'],
  files: ['files'],
};

/** A file is written as a whole or added to, which is not the same behind others that may write it. */
function standsAlone({ additions }: ToldMove, text: string, standing: LineStanding | undefined): boolean {
  if (standing?.isRun !== true) return false;
  const { brought } = standing;
  if (/>\s*\/|\btee\b/.test(text) && brought.has('files')) return false;
  return !additions.some(({ path: [section = ''] }) => needs[section]?.some((need) => brought.has(need)));
}
