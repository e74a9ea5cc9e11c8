import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { childOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { samePath } from './file-path.ts';

type IsOpen = (node: ScalarNode) => boolean;

/** What a program cannot read of a file that is written for it: it then leaves the file out, or does not start. */
export function checkFileContent(file: SourceNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  const [path, content] = [childOf(file, 'path'), childOf(file, 'content')];
  if (path?.type !== 'scalar' || typeof path.value !== 'string') return;
  if (content?.type !== 'scalar' || typeof content.value !== 'string' || isOpen(content)) return;
  // What is encoded is no text yet, and what is appended is a part of one.
  if (childOf(file, 'encoding') !== undefined || childOf(file, 'append') !== undefined) return;
  const message = problemOf(samePath(path.value), content.value);
  if (message !== undefined) sink.at(content, 'warning', 'cloud-config-type', message);
}

/** Files in JSON whose program stops at a mistake in them. */
const json: readonly (readonly [RegExp, string])[] = [
  [/^\/etc\/docker\/daemon\.json$/, 'Docker does not start'],
  [/^\/etc\/containers\/policy\.json$/, 'no image is pulled'],
  [/^\/etc\/cni\/net\.d\/[^/]+\.conf(?:list)?$/, 'no container gets a network'],
];

function problemOf(path: string, text: string): string | undefined {
  if (/^\/etc\/(?:crontab|cron\.d\/[\w-]+)$/.test(path)) return cronProblem(text);
  const consequence = json.find(([pattern]) => pattern.test(path))?.[1];
  if (consequence === undefined || text.trim() === '') return undefined;
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return `This is no JSON, which has double quotes around all names and no comma before a closing bracket: ${consequence}.`;
  }
}

const timeField = /^(?:[*?]|[\d*][\d*,/-]*|[a-zA-Z]{3}(?:[-,][a-zA-Z]{3})*)(?:\/\d+)?$/;

/** crontab(5) of Debian: tables of the system name a user before the command, and end with a line end. */
function cronProblem(text: string): string | undefined {
  for (const line of text.split('\n')) {
    const words = line.trim().split(/\s+/);
    const first = words[0] ?? '';
    if (first === '' || first.startsWith('#') || /^[\w"']+\s*=/.test(line.trim())) continue;
    const times = first.startsWith('@') ? 1 : 5;
    if (times === 5 && !words.slice(0, 5).every((word) => timeField.test(word))) continue;
    const [user = '', command] = words.slice(times);
    if (!/[/=]/.test(user) && command !== undefined) continue;
    return `Tables of the system name a user before the command: cron takes “${user.slice(0, 80)}” for one, and leaves the file out. Write root, for example, in front of it.`;
  }
  if (text.trim() !== '' && !text.endsWith('\n'))
    return 'The last line of a table has to end with a line end: cron leaves the whole file out. Write “content: |”.';
  return undefined;
}
