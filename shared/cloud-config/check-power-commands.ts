import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { MapNode, ScalarNode, SourceNode } from '../source/source-node.ts';
import { childOf } from '../source/source-node.ts';
import { itemsUnder } from './user-entries.ts';

type IsOpen = (node: ScalarNode) => boolean;

/**
 * Commands that end the machine's run at once, with others behind them. systemctl(1) only asks for it and returns: what
 * follows runs in part, or not at all, and cloud-init notes no end of its run.
 */
export function checkPowerCommands(root: MapNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  for (const item of itemsUnder(childOf(root, 'bootcmd'))) {
    const ending = endingOf(item, isOpen);
    if (ending !== undefined) sink.at(item, 'warning', 'cloud-config-type', atEveryBoot(ending));
  }
  const commands = itemsUnder(childOf(root, 'runcmd'));
  for (const [index, item] of commands.entries()) {
    const ending = endingOf(item, isOpen);
    if (ending === undefined || !(ending.isFollowed || commands.slice(index + 1).some(isMore))) continue;
    sink.at(item, 'warning', 'cloud-config-type', endsBefore(ending));
    return;
  }
}

/** The same for the last command of a fragment, behind which the commands of another come. */
export function reportEndedFragments(commands: readonly SourceNode[], sink: DiagnosticSink): void {
  const seen = new Set<string>();
  let next: SourceNode | undefined;
  for (const item of commands.toReversed()) {
    if (!isMore(item)) continue;
    const { file } = item.source;
    const ending = next === undefined || seen.has(file) ? undefined : endingOf(item, holdsReference);
    if (ending !== undefined && !ending.isFollowed) {
      const message = `${endsBefore(ending)} Those of ${next?.source.file} come after it.`;
      sink.at(item, 'warning', 'cloud-config-merge', message);
    }
    seen.add(file);
    next = item;
  }
}

function holdsReference(node: ScalarNode): boolean {
  return typeof node.value === 'string' && node.value.includes('((');
}

interface Ending {
  readonly command: string;
  readonly mode: 'reboot' | 'poweroff';
  /** Whether more stands behind it in the same text. */
  readonly isFollowed: boolean;
}

function endsBefore({ command, mode }: Ending): string {
  return `${command}: the machine goes down from here, and what follows runs in part or not at all. Take it out, and write “power_state: {mode: ${mode}}”, with which cloud-init does it once everything is done.`;
}

function atEveryBoot({ command, mode }: Ending): string {
  return `bootcmd runs early in every boot: with “${command}” no boot gets any further. Write “power_state: {mode: ${mode}}”, which acts once.`;
}

/** Waiting for the end, or saying how it went, is not cut off. */
function isMore(item: SourceNode): boolean {
  if (item.type === 'scalar' && item.value === null) return false;
  return !/^(?:#.*|(?:exit|sleep|true|wait)(?:\s+\w+)?)?$/.test(textOf(item).trim());
}

function textOf(item: SourceNode): string {
  return item.type === 'scalar' ? String(item.value) : itemsUnder(item).map(textOf).join(' ');
}

/** Nearly no command of a document does; these words are looked for first. */
const mayEnd = /\b(?:reboot|poweroff|halt|shutdown|kexec|(?:tel)?init)\b/;

/** What a command does without asking: one under a condition, in the background or in quotes has a plan of its own. */
function endingOf(item: SourceNode, isOpen: IsOpen): Ending | undefined {
  const words = itemsUnder(item);
  if (item.type === 'map' || [item, ...words].some((node) => node.type === 'scalar' && isOpen(node)))
    return undefined;
  const text = textOf(item);
  if (!mayEnd.test(text)) return undefined;
  if (item.type === 'sequence') return endingOfWords(words.map(textOf), false);
  if (/\|\||["'`$({]|<<|&\s*$|\b(?:if|case|for|while|until|test|at|trap)\b|\[/.test(text)) return undefined;
  const parts = text.split(/;|&&|\n/).map((part) => part.trim());
  const last = parts.findLastIndex((part) => part !== '' && !/^(?:#|exit|sleep|true|wait)/.test(part));
  for (const [index, part] of parts.entries()) {
    const ending = part === '' ? undefined : endingOfWords(part.split(/\s+/), index < last);
    if (ending !== undefined) return ending;
  }
  return undefined;
}

const programs = /^(?:\/usr)?(?:\/s?bin\/)?(reboot|poweroff|halt|shutdown|systemctl|init|telinit)$/;

function endingOfWords(written: readonly string[], isFollowed: boolean): Ending | undefined {
  const words = written.slice(written.findIndex((word) => !/^(?:sudo|nohup|exec|env)$/.test(word)));
  const program = programs.exec(words[0] ?? '')?.[1];
  const rest = words.slice(1);
  if (program === undefined || rest.includes('--help') || /[|>]/.test(rest.join(' '))) return undefined;
  const mode = modeOf(program, rest);
  return mode === undefined ? undefined : { command: written.join(' ').slice(0, 80), mode, isFollowed };
}

function modeOf(program: string, words: readonly string[]): Ending['mode'] | undefined {
  switch (program) {
    case 'reboot':
      return words.some((word) => /^(?:-w|--wtmp-only)$/.test(word)) ? undefined : 'reboot';
    case 'poweroff':
    case 'halt':
      return words.some((word) => /^(?:-w|--wtmp-only)$/.test(word)) ? undefined : 'poweroff';
    case 'shutdown':
      // Without a time it is a minute; -c takes an earlier one back, -k only warns.
      if (!words.some((word) => /^(?:now|\+?0)$/.test(word))) return undefined;
      if (words.some((word) => /^(?:-c|-k)$/.test(word))) return undefined;
      return words.some((word) => /^(?:-r|--reboot|-\w*r\w*)$/.test(word)) ? 'reboot' : 'poweroff';
    case 'systemctl': {
      const verb = words.find((word) => !word.startsWith('-'));
      if (verb === 'reboot' || verb === 'kexec') return 'reboot';
      return verb === 'poweroff' || verb === 'halt' ? 'poweroff' : undefined;
    }
    default:
      return words[0] === '6' ? 'reboot' : words[0] === '0' ? 'poweroff' : undefined;
  }
}
