import type { SourceNode } from '../source/source-node.ts';
import { type HereDocument, isFilledIn, type ScriptLine, scriptLines } from './script-lines.ts';
import { type Standing, standingsOf } from './shell-conditions.ts';
import { folder, leadOf } from './shell-leads.ts';
import { type Pipeline, pipelinesIn, type ShellWord, type Stage } from './shell-words.ts';
import { type Written, writtenBy, writtenPaths } from './written-files.ts';

/** A command of a shell text, without what stands in front of it and changes nothing of what it does. */
export interface Command {
  readonly text: string;
  /** Undefined where a shell would read more than words: variables, patterns, redirections. */
  readonly words: readonly string[] | undefined;
  /** Whether it is run only where another one fails. */
  readonly isAlternative: boolean;
  /** Whether what stands around it decides whether it is run, or its outcome whether others are. */
  readonly isConditional: boolean;
  /** Whether it is run with variables of its own, which may change what it does. */
  readonly hasVariables: boolean;
  /** Whether a shell fills in a part of it, so that what it does cannot be read from it. */
  readonly isFilledIn: boolean;
  /** Files that it writes, as they are named there. */
  readonly paths: readonly string[];
  /** What it writes into one file, where that can be read from it. */
  readonly written?: Written;
  /** The here-document that it reads, where it has one. */
  readonly reads?: string;
  /** What stands behind a # on its line. */
  readonly comments: readonly string[];
}

/** The commands of an item of runcmd or bootcmd: a list is one, a text has one in each line and between `&&`, `||` and `;`. */
export function commandsIn(item: SourceNode): Command[] {
  if (item.type === 'scalar' && typeof item.value === 'string') return commandsOfText(item.value);
  if (item.type !== 'sequence') return [];
  const words = item.items.map((word) => (word.type === 'scalar' ? String(word.value) : ''));
  const { length, hasVariables } = leadOf(words);
  const plain = words.slice(length);
  const [shell = '', option = '', script] = plain;
  if (script !== undefined && plain.length === 3 && isShell(shell) && /^-[a-z]*c$/.test(option))
    return commandsOfText(script);
  const [program = '', ...others] = plain;
  const named = [program.replace(folder, ''), ...others];
  return [
    {
      text: named.join(' '),
      words: hasVariables ? undefined : named,
      isAlternative: false,
      isConditional: false,
      hasVariables,
      isFilledIn: false,
      paths: [],
      comments: [],
    },
  ];
}

function isShell(program: string): boolean {
  return /^(\/(usr\/)?bin\/)?(ba|da)?sh$/.test(program);
}

function commandsOfText(text: string): Command[] {
  return commandsOfLines(scriptLines(text.split('\n')));
}

export function commandsOfLine(line: ShellLine): Command[] {
  return commandsOfLines([line]);
}

type ShellLine = Pick<ScriptLine, 'text' | 'here'>;

function commandsOfLines(lines: readonly ShellLine[]): Command[] {
  const standingOf = standingsOf();
  return lines.flatMap(({ text, here }) =>
    pipelinesIn(text).flatMap((pipeline) =>
      commandsOfPipeline(text, withoutKeywords(pipeline, standingOf(pipeline)), here),
    ),
  );
}

type StandingPipeline = Pipeline & Pick<Standing, 'isConditional'>;

function withoutKeywords(pipeline: Pipeline, { keywords, isConditional }: Standing): StandingPipeline {
  const [first, ...others] = pipeline.stages;
  if (first === undefined || keywords === 0) return { ...pipeline, isConditional };
  return {
    ...pipeline,
    stages: [{ ...first, words: first.words.slice(keywords) }, ...others],
    isConditional,
  };
}

function commandsOfPipeline(
  line: string,
  pipeline: StandingPipeline,
  here: HereDocument | undefined,
): Command | Command[] {
  const { end, isAlternative, isConditional, comment } = pipeline;
  const comments = comment === undefined ? [] : [comment];
  const [first, ...others] = pipeline.stages.map(withoutLead);
  const program = first?.words[0];
  if (first === undefined || program === undefined) return [];
  const isAlone = others.length === 0 && first.redirections.every(isQuiet);
  const inner = isAlone ? innerScript(first.words) : undefined;
  if (inner !== undefined)
    return commandsOfText(inner).map((each) => ({
      ...each,
      isAlternative: each.isAlternative || isAlternative,
      isConditional: each.isConditional || isConditional,
      comments: [...each.comments, ...comments],
    }));
  const values = first.words.map(({ value }) => value);
  const own = values.filter((value) => value !== undefined);
  const isWords = isAlone && !first.hasVariables && own.length === values.length;
  const stages = [first, ...others];
  const written = first.hasVariables ? undefined : writtenBy(stages, here);
  return {
    text: line.slice(program.start, end).replace(folder, ''),
    words: isWords ? own.map((word, index) => (index === 0 ? word.replace(folder, '') : word)) : undefined,
    isAlternative,
    isConditional,
    hasVariables: first.hasVariables,
    isFilledIn:
      stages.some(({ words }) => words.some(({ value }) => value === undefined)) ||
      (here !== undefined && isFilledIn(here)),
    paths: writtenPaths(stages),
    comments,
    ...(written === undefined ? {} : { written }),
    ...(here === undefined ? {} : { reads: here.content }),
  };
}

/** What goes nowhere changes nothing of what a command does. */
function isQuiet({ operator, target }: Stage['redirections'][number]): boolean {
  return target?.value === '/dev/null' || (/[<>]&$/.test(operator) && /^\d$/.test(target?.raw ?? ''));
}

interface Bare extends Stage {
  /** Whether it runs with variables of its own. */
  readonly hasVariables: boolean;
}

function withoutLead(stage: Stage): Bare {
  const { length, hasVariables } = leadOf(stage.words.map(({ raw }) => raw));
  return { ...stage, words: stage.words.slice(length), hasVariables };
}

/** Of `sh -c`, in quotes of either kind. */
function innerScript(words: readonly ShellWord[]): string | undefined {
  const [shell, option, script, ...more] = words;
  if (script === undefined || more.length > 0) return undefined;
  if (!isShell(shell?.raw ?? '') || !/^-[a-z]*c$/.test(option?.raw ?? '')) return undefined;
  const { raw } = script;
  const quote = raw[0] ?? '';
  return raw.length > 1 && /['"]/.test(quote) && raw.indexOf(quote, 1) === raw.length - 1
    ? raw.slice(1, -1)
    : undefined;
}

/** Commands that do nothing, or nothing that is left to do once those beside them are gone. */
export function isIdle({ text }: Command): boolean {
  return /^(true|:|set\s+[-+]\w+(\s+pipefail)?|exit\s+0|(apt|apt-get)(\s+-\S+)*\s+update(\s+-\S+)*)$/.test(
    text,
  );
}
