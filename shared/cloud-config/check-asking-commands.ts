import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { MapNode, ScalarNode, SourceNode } from '../source/source-node.ts';
import { itemsUnder } from './user-entries.ts';

type IsOpen = (node: ScalarNode) => boolean;

const changes = new Set([
  'install',
  'upgrade',
  'dist-upgrade',
  'full-upgrade',
  'remove',
  'purge',
  'autoremove',
]);
/** Options with which apt does not ask, or does nothing; `-qq` means `-y` too (apt-get(8)). */
const quiet =
  /^(?:-[a-z]*[ysdh][a-z]*|-qq|-q=\d|--(?:yes|assume-\w+|force-yes|simulate|dry-run|download-only|print-uris|help))$/i;

/**
 * apt asks before it brings more packages along than were named, and ends where nobody answers: a command of cloud-init has
 * no terminal.
 */
export function checkAsking(command: SourceNode, root: MapNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  const asking = segmentsOf(command, isOpen).find(asks);
  // A setting of apt may answer for all commands.
  if (asking === undefined || /assume-yes/i.test(root.source.text)) return;
  const message = `${asking.join(' ').slice(0, 80)}: apt asks where more packages come along, and ends since nobody answers. Add -y.`;
  sink.at(command, 'warning', 'cloud-config-type', message);
}

function segmentsOf(command: SourceNode, isOpen: IsOpen): string[][] {
  if (command.type === 'scalar') {
    const text = typeof command.value === 'string' && !isOpen(command) ? command.value : '';
    // What is piped in may be the answer; quotes and here-documents may hold anything.
    if (/\byes\b|["'`$]|<</.test(text) || /\|\s*(?:sudo\s+)?apt/.test(text)) return [];
    return text.split(/[;&|\n]+/).map((part) => part.trim().split(/\s+/));
  }
  return [
    itemsUnder(command).map((word) => (word.type === 'scalar' && !isOpen(word) ? String(word.value) : '')),
  ];
}

function asks(words: readonly string[]): boolean {
  const start = words.findIndex((word) => !/^(?:sudo|env|-E|[A-Z_]+=\S*)$/.test(word));
  const [program = '', ...more] = start < 0 ? [] : words.slice(start);
  if (!/^(?:\/usr\/bin\/)?apt(?:-get)?$/.test(program)) return false;
  const action = more.find((word) => !word.startsWith('-'));
  return action !== undefined && changes.has(action) && !more.some((word) => quiet.test(word));
}
