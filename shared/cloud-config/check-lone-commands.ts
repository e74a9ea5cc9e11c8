import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { editDistance, suggest } from '../diagnostics/suggest.ts';
import type { MapNode, ScalarNode, SourceNode } from '../source/source-node.ts';
import { childOf } from '../source/source-node.ts';
import { itemsUnder } from './user-entries.ts';

type IsOpen = (node: ScalarNode) => boolean;

/** Commands that cannot do what they are for where cloud-init runs them: in one script, without a terminal, inside its own run. */
export function checkLoneCommands(root: MapNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  for (const key of ['bootcmd', 'runcmd']) {
    const commands = itemsUnder(childOf(root, key));
    let isEnded = false;
    for (const [index, item] of commands.entries()) {
      if (!isEnded && index < commands.length - 1 && endsScript(item)) {
        isEnded = true;
        const message = `All commands of ${key} are one script, and this ends it: none of those after it runs. Take it out.`;
        sink.at(item, 'warning', 'cloud-config-type', message);
      }
      const reason = segmentsOf(item, isOpen)
        .map(faultOf)
        .find((found) => found !== undefined);
      if (reason !== undefined) sink.at(item, 'warning', 'cloud-config-type', reason);
    }
  }
}

/** `exit` and `exec` are words of the shell in a text, and names of programs in a list. */
function endsScript(item: SourceNode): boolean {
  return (
    item.type === 'scalar' &&
    /^(?:exit(?:\s+\d+)?|exec\s+[\w./-]+(?:\s+[\w./-]+)*)$/.test(
      String(item.value).trim().replace(/;$/, '').trimEnd(),
    )
  );
}

/** Nearly no command is one of these: the rest is not taken apart. */
const mayFail = /\b(?:cloud-init|systemctl|docker|passwd|vim?|nano|h?top|visudo|c?fdisk|gdisk)\b/;

/** Commands without what hands them an answer. */
function segmentsOf(item: SourceNode, isOpen: IsOpen): string[][] {
  if (item.type !== 'scalar') {
    const words = itemsUnder(item);
    if (words.some((word) => word.type !== 'scalar' || isOpen(word))) return [];
    return [words.map((word) => (word.type === 'scalar' ? String(word.value) : ''))];
  }
  const text = typeof item.value === 'string' && !isOpen(item) ? item.value : '';
  if (!mayFail.test(text) || /["'`$<|#]|\\\n/.test(text)) return [];
  return text.split(/[;&\n]+/).map((part) => part.trim().split(/\s+/));
}

function faultOf(written: readonly string[]): string | undefined {
  const words = written.slice(written.findIndex((word) => !/^(?:sudo|env|nohup|-E)$/.test(word)));
  const [path = '', ...rest] = words;
  const program = path.slice(path.lastIndexOf('/') + 1);
  const shown = written.join(' ').slice(0, 80);
  if (program === 'cloud-init' && rest[0] === 'status' && rest.some((word) => /^(?:-w|--wait)$/.test(word)))
    return `${shown} waits for the end of the run that it is a part of: no host gets any further. Take it out.`;
  if (program === 'systemctl') return verbFault(rest);
  if (needsTerminal(program, rest))
    return `${shown} asks at a terminal, and commands of cloud-init have none: it ends without having done anything.`;
  return undefined;
}

const editors: ReadonlySet<string> = new Set([
  'vi',
  'vim',
  'nano',
  'top',
  'htop',
  'visudo',
  'cfdisk',
  'fdisk',
  'gdisk',
]);

function needsTerminal(program: string, words: readonly string[]): boolean {
  const options = words.filter((word) => word.startsWith('-'));
  if (editors.has(program)) return options.length === 0;
  // Without an option passwd asks for the new password.
  if (program === 'passwd') return options.length === 0;
  if (program !== 'docker') return false;
  const [verb, ...after] = words;
  // Those of the container's own command stand behind its image.
  const own = after.slice(
    0,
    after.findIndex((word) => !word.startsWith('-')),
  );
  const letters = own.filter((word) => /^-[a-z]+$/.test(word)).join('');
  const has = (letter: string, name: string) => letters.includes(letter) || own.includes(name);
  // docker/cli, `CheckTty`: both together are refused, unless the container runs in the background.
  const isDetached = after.some((word) => /^-[a-z]*d[a-z]*$|^--detach$/.test(word));
  const asks = has('i', '--interactive') && has('t', '--tty') && !isDetached;
  return (verb === 'run' || verb === 'exec') && asks;
}

/** Verbs of systemctl(1) of Debian 12. */
const verbs = [
  ...['list-units', 'list-automounts', 'list-paths', 'list-sockets', 'list-timers', 'is-active', 'is-failed'],
  ...[
    'status',
    'show',
    'cat',
    'help',
    'list-dependencies',
    'start',
    'stop',
    'reload',
    'restart',
    'try-restart',
  ],
  ...[
    'reload-or-restart',
    'try-reload-or-restart',
    'isolate',
    'kill',
    'clean',
    'freeze',
    'thaw',
    'set-property',
  ],
  ...[
    'bind',
    'mount-image',
    'service-log-level',
    'service-log-target',
    'reset-failed',
    'whoami',
    'force-reload',
  ],
  ...[
    'list-unit-files',
    'enable',
    'disable',
    'reenable',
    'preset',
    'preset-all',
    'is-enabled',
    'mask',
    'unmask',
  ],
  ...['link', 'revert', 'add-wants', 'add-requires', 'edit', 'get-default', 'set-default', 'list-machines'],
  ...[
    'list-jobs',
    'cancel',
    'show-environment',
    'set-environment',
    'unset-environment',
    'import-environment',
  ],
  ...['daemon-reload', 'daemon-reexec', 'log-level', 'log-target', 'service-watchdogs', 'is-system-running'],
  ...[
    'default',
    'rescue',
    'emergency',
    'halt',
    'poweroff',
    'reboot',
    'kexec',
    'exit',
    'switch-root',
    'suspend',
  ],
  ...[
    'hibernate',
    'hybrid-sleep',
    'suspend-then-hibernate',
    'soft-reboot',
    'condrestart',
    'try-reload',
    'condreload',
  ],
];

function verbFault(words: readonly string[]): string | undefined {
  const verb = words.find((word) => !word.startsWith('-'));
  if (verb === undefined || verbs.includes(verb)) return undefined;
  const meant = suggest(verb, verbs);
  if (meant === undefined || editDistance(verb, meant) > 2) return undefined;
  return `systemctl has no command “${verb.slice(0, 80)}”. Did you mean “${meant}”?`;
}
