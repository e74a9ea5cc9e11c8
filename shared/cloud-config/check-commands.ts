import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { childOf, type MapNode, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { checkAsking } from './check-asking-commands.ts';
import { checkCommandWords } from './check-command-words.ts';
import { checkLoneCommands } from './check-lone-commands.ts';
import { checkPowerCommands } from './check-power-commands.ts';
import { checkShellDialect } from './check-shell-dialect.ts';
import { samePath } from './file-path.ts';
import { scanShell } from './shell-quotes.ts';
import { itemsUnder } from './user-entries.ts';
import { asPython } from './yaml-1-1.ts';

type IsOpen = (node: ScalarNode) => boolean;

/**
 * What the shell makes of the commands: `util.shellify` writes all of them into one script of /bin/sh, texts as they
 * are, so that one of them can spoil the others.
 */
export function checkCommands(root: MapNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  for (const key of ['bootcmd', 'runcmd']) {
    for (const item of itemsUnder(childOf(root, key))) {
      checkText(item, sink, isOpen);
      checkShellDialect(item, sink, isOpen);
      checkCommandWords(item, sink, isOpen);
      checkAsking(item, root, sink, isOpen);
      checkFrequency(item, sink);
    }
  }
  checkPowerCommands(root, sink, isOpen);
  checkLoneCommands(root, sink, isOpen);
  checkStarted(root, sink, isOpen);
}

function checkText(item: SourceNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  if (item.type !== 'scalar' || typeof item.value !== 'string' || isOpen(item)) return;
  const { openQuote, typographicQuote } = scanShell(item.value);
  if (openQuote !== undefined) {
    const message = `The quote ${openQuote} is not closed in this command: the shell takes the commands after it for a part of it, and runs none of them.`;
    sink.at(item, 'warning', 'cloud-config-type', message);
  } else if (typographicQuote !== undefined) {
    const message = `To a shell ${typographicQuote} is a letter like others. Write " or '.`;
    sink.at(item, 'warning', 'cloud-config-type', message);
  }
}

const frequencies = ['once', 'always', 'instance'];

/** tools/cloud-init-per of cloud-init fails at any other word. */
function checkFrequency(item: SourceNode, sink: DiagnosticSink): void {
  const [command, frequency, name, program] = itemsUnder(item);
  if (command?.type !== 'scalar' || command.value !== 'cloud-init-per') return;
  if (frequency?.type !== 'scalar' || typeof frequency.value !== 'string') return;
  if (frequencies.includes(frequency.value)) {
    if (name !== undefined && program !== undefined) return;
    const message =
      'cloud-init-per takes how often, a name of its own for what is done, and then the command; with less it runs nothing.';
    sink.at(frequency, 'warning', 'cloud-config-type', message);
    return;
  }
  const { hint, fixes } = didYouMean(frequency, frequency.value, frequencies);
  const message = `cloud-init-per knows ${frequencies.join(', ')}, not “${frequency.value}”.${hint}`;
  sink.at(frequency, 'warning', 'cloud-config-type', message, fixes);
}

/** Files of this document that a command starts although nobody may: they have the permissions 0644 if none are said. */
function checkStarted(root: MapNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  const idle = new Set(
    itemsUnder(childOf(root, 'write_files')).flatMap((file) => {
      const path = childOf(file, 'path');
      const isKnown = path?.type === 'scalar' && typeof path.value === 'string' && !isOpen(path);
      return isKnown && !isExecutable(childOf(file, 'permissions')) ? [samePath(path.value as string)] : [];
    }),
  );
  if (idle.size === 0) return;
  const commands = itemsUnder(childOf(root, 'runcmd'));
  const made = madeExecutable(commands);
  for (const command of commands) {
    const words = wordsOf(command);
    const program = words[0] === 'sudo' ? words[1] : words[0];
    if (program === undefined || !idle.has(program)) continue;
    if (made === 'any' || made.has(nameOf(program))) continue;
    const message = `${program} is not executable: “permissions” is missing in write_files or gives no right to run it. Write permissions: '0755'.`;
    sink.at(command, 'warning', 'cloud-config-type', message);
  }
}

/** Names that a chmod among the commands names; any, where it goes through folders or what it means is not written. */
function madeExecutable(commands: readonly SourceNode[]): ReadonlySet<string> | 'any' {
  const words = commands.map(wordsOf).filter((each) => each.some((word) => word.endsWith('chmod')));
  const named = words.flat();
  if (named.some((word) => /^-\w*R|[*?$`]/.test(word))) return 'any';
  return new Set(named.map(nameOf));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replaceAll(/["']/g, '');
}

function wordsOf(command: SourceNode): string[] {
  if (command.type === 'scalar')
    return typeof command.value === 'string' ? command.value.split(/[\s;|&]+/) : [];
  return itemsUnder(command).map((word) => (word.type === 'scalar' ? String(word.value) : ''));
}

function isExecutable(permissions: SourceNode | undefined): boolean {
  if (permissions?.type !== 'scalar' || permissions.value === null) return false;
  const { type, text, value } = asPython(permissions);
  const mode = type === 'string' ? Number.parseInt(text.replace(/^\s*0[oO]/, ''), 8) : Number(value);
  // What is no number is told by itself.
  return !Number.isInteger(mode) || (mode & 0o111) !== 0;
}
