import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { ScalarNode } from '../source/source-node.ts';
import { createSourceText, rangeOf, type SourceText } from '../source/source-text.ts';
import { checkCloudConfig, parseForCloudInit } from './check-cloud-config.ts';
import { checkScript } from './check-script.ts';
import { readTemplate, type TemplatePiece } from './jinja-template.ts';
import { partTypeOf } from './part-type.ts';

/** Stands in the place of what is filled in: a letter that no document of the field holds in a row. */
const filledIn = '\u029D';

/** Findings that another branch of the template may explain: what stands twice, and what seems to be missing. */
const ofBranches = /^(yaml-|document-)|^(cloud-config-user|cloud-config-merge|key-missing)$/;

function mayComeFromBranches({ code, message }: Diagnostic): boolean {
  return ofBranches.test(code) || / is empty\b| stands twice| is written in line /.test(message);
}

/**
 * Checks a part that starts with `## template: jinja`: the template itself, its variables, and as far as they do not
 * depend on what is filled in, the settings of the cloud-config that it becomes. Lines and columns stay what they are.
 */
export function checkTemplate(source: SourceText, sink: DiagnosticSink): void {
  const header = /^[\s\uFEFF]*##[^\r\n]*/.exec(source.text)?.[0].length ?? 0;
  const body = source.text.slice(header);
  const { pieces, mistakes } = readTemplate(body);
  for (const { start, end, message } of mistakes) {
    const span = { start: header + start, end: header + end };
    // Jinja raises TemplateSyntaxError, which cloud-init 22.4 does not catch: nothing of the part is used.
    sink.at({ source, span }, 'error', 'cloud-config-template', message);
  }
  checkVariables(source, header, pieces, sink);
  if (mistakes.length > 0) return;
  const filled = source.text.slice(0, header).replace(/[^\r\n]/g, ' ') + withoutPieces(body, pieces);
  const type = partTypeOf(filled);
  const part = createSourceText(source.file, filled);
  if (type === 'cloud-config') checkFilled(part, pieces, sink);
  else if (type === 'script') checkScript(part, sink);
  else if (type === 'none') reportNoHeader(source, header, sink);
}

/** What is filled in becomes one word of the same length; statements and comments become space. */
function withoutPieces(text: string, pieces: readonly TemplatePiece[]): string {
  let filled = '';
  let at = 0;
  for (const { type, start, end } of pieces) {
    const character = type === 'expression' ? filledIn : ' ';
    filled += text.slice(at, start) + text.slice(start, end).replace(/[^\r\n]/g, character);
    at = end;
  }
  return filled + text.slice(at);
}

function checkFilled(part: SourceText, pieces: readonly TemplatePiece[], sink: DiagnosticSink): void {
  const found = new DiagnosticSink();
  const root = parseForCloudInit(part, found);
  if (root !== undefined && root.type === 'map') checkCloudConfig(root, found, isFilledIn);
  const hasBranches = pieces.some(({ type }) => type === 'statement');
  for (const each of found.list()) {
    if (each.code === 'document-empty' || (hasBranches && mayComeFromBranches(each))) continue;
    if (!each.message.includes(filledIn)) sink.report(withoutFixes(each));
  }
}

/** A fix is made of the filled text. Where it would write that, it is left out. */
function withoutFixes(diagnostic: Diagnostic): Diagnostic {
  const { fixes, ...rest } = diagnostic;
  const sound = fixes?.filter(({ newText }) => !newText.includes(filledIn)) ?? [];
  return sound.length === 0 ? rest : { ...rest, fixes: sound };
}

function isFilledIn({ value }: ScalarNode): boolean {
  return typeof value === 'string' && (value.includes(filledIn) || value.includes('(('));
}

function reportNoHeader(source: SourceText, header: number, sink: DiagnosticSink): void {
  const message =
    'After the line of the template the header follows, for example “#cloud-config”; without it cloud-init ignores what it filled in.';
  const at = { start: header, end: header };
  const fix = {
    title: 'Add “#cloud-config” after the first line',
    file: source.file,
    range: rangeOf(source, at),
    newText: '\n#cloud-config',
  };
  sink.at({ source, span: { start: 0, end: header } }, 'error', 'cloud-config-header', message, [fix]);
}

/** The standardized keys of instance-data (`_get_standardized_metadata` in cloudinit/sources/__init__.py). */
const standardKeys = [
  'availability_zone',
  'cloud_id',
  'cloud_name',
  'distro',
  'distro_release',
  'distro_version',
  'instance_id',
  'kernel_release',
  'local_hostname',
  'machine',
  'platform',
  'public_ssh_keys',
  'python_version',
  'region',
  'subplatform',
  'system_platform',
  'variant',
];
/** Beside them; `v1` and all its keys also stand at the top (`convert_jinja_instance_data`). */
const otherRoots = [
  ...['v1', 'ds', 'merged_cfg', 'merged_system_cfg', 'sys_info', 'userdata', 'vendordata', 'vendordata2'],
  ...['base64_encoded_keys', 'sensitive_keys', 'system_info', 'cloud_init_version', 'combined_cloud_config'],
];
/** Words and functions of Jinja itself. */
const ofJinja = [
  ...['true', 'false', 'none', 'True', 'False', 'None', 'not', 'loop', 'self', 'varargs', 'kwargs', 'caller'],
  ...['range', 'dict', 'lipsum', 'cycler', 'joiner', 'namespace'],
];

function checkVariables(
  source: SourceText,
  offset: number,
  pieces: readonly TemplatePiece[],
  sink: DiagnosticSink,
): void {
  const locals = new Set<string>();
  for (const { type, body } of pieces) if (type === 'statement') gatherLocals(body, locals);
  const known = new Set([...standardKeys, ...otherRoots, ...ofJinja, ...locals]);
  for (const { type, start, body } of pieces) {
    if (type !== 'expression') continue;
    // Only the start of an expression is judged: what follows may be text, tests and filters.
    const match = /^(\s*)([A-Za-z_]\w*)((?:\s*\.\s*[\w-]+)*)/.exec(body);
    if (match === null) continue;
    const [, space = '', root = '', attributes = ''] = match;
    if (/^\s*\(/.test(body.slice(match[0].length))) continue;
    const from = offset + start + 2 + (source.text[offset + start + 2] === body[0] ? 0 : 1) + space.length;
    const span = { start: from, end: from + root.length + attributes.trimEnd().length };
    const message = problemOfVariable(root, attributes, known);
    if (message !== undefined) sink.at({ source, span }, 'warning', 'cloud-config-template', message);
  }
}

function gatherLocals(statement: string, locals: Set<string>): void {
  const names =
    /^\s*set\s+([\w\s,]+)/.exec(statement)?.[1] ??
    /^\s*for\s+([\w\s,]+?)\s+in\b/.exec(statement)?.[1] ??
    /^\s*(?:from\s.+\simport|import\s.+\sas)\s+([\w\s,]+)/.exec(statement)?.[1] ??
    /^\s*macro\s+\w+\s*\(([^)]*)\)/.exec(statement)?.[1] ??
    /^\s*with\s+([\w\s]+)=/.exec(statement)?.[1] ??
    '';
  for (const name of names.match(/[A-Za-z_]\w*/g) ?? []) locals.add(name);
  const macro = /^\s*macro\s+(\w+)/.exec(statement)?.[1];
  if (macro !== undefined) locals.add(macro);
}

/** cloud-init writes CI_MISSING_JINJA_VAR/NAME in the place of a variable that does not exist. */
function problemOfVariable(root: string, attributes: string, known: ReadonlySet<string>): string | undefined {
  const first = /^\s*\.\s*([\w-]+)/.exec(attributes)?.[1];
  const hyphenated = /[\w]-[\w]/.exec(attributes) !== null;
  if (hyphenated) {
    const written = `${root}${attributes}`.replace(/\s/g, '');
    return `Jinja takes the hyphen for a minus. Write ${written.replaceAll('-', '_')}.`;
  }
  if (!known.has(root)) {
    const meant = suggest(root, known);
    const hint =
      meant === undefined ? ' There are v1 and ds, and the keys of v1.' : ` Did you mean “${meant}”?`;
    return `There is no variable “${root}” in a template of cloud-init.${hint}`;
  }
  if (root !== 'v1' || first === undefined || standardKeys.includes(first)) return undefined;
  const meant = suggest(first, standardKeys);
  const hint = meant === undefined ? ` There are ${standardKeys.join(', ')}.` : ` Did you mean “${meant}”?`;
  return `There is no “v1.${first}” in cloud-init.${hint}`;
}
