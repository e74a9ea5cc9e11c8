import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { childOf, type SourceNode, stringOf } from '../source/source-node.ts';
import { createSourceText, type SourceText } from '../source/source-text.ts';

/** RFC 6902, section 4. */
const operations = ['add', 'remove', 'replace', 'move', 'copy', 'test'];
const withValue = new Set(['add', 'replace', 'test']);

/** cloudinit/handlers/cloud_config.py hands what follows the header to jsonpatch, which takes strict JSON. */
export function checkJsonPatch(source: SourceText, sink: DiagnosticSink): void {
  const header = /^[\s\uFEFF]*#cloud-config-jsonp[^\r\n]*/i.exec(source.text)?.[0].length ?? 0;
  const body = source.text.slice(header);
  const whole = createSourceText(source.file, source.text.slice(0, header).replace(/[^\r\n]/g, ' ') + body);
  const found = new DiagnosticSink();
  const root = parseYaml(whole, found);
  if (found.count > 0 || root === undefined || !isJson(body)) {
    const span = { start: 0, end: header };
    const message = 'What follows the header is no JSON: cloud-init fails at this part.';
    sink.at({ source, span }, 'error', 'cloud-config-part', message);
    return;
  }
  if (root.type !== 'sequence') {
    sink.at(root, 'error', 'cloud-config-part', 'A JSON patch is a list of operations.');
    return;
  }
  for (const item of root.items) checkOperation(item, sink);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function checkOperation(item: SourceNode, sink: DiagnosticSink): void {
  const operation = stringOf(item, 'op');
  const path = stringOf(item, 'path');
  const report = (message: string) => sink.at(item, 'error', 'cloud-config-part', message);
  if (operation === undefined || !operations.includes(operation))
    report(`“op” is one of ${operations.join(', ')}.`);
  else if (path === undefined || (path !== '' && !path.startsWith('/')))
    report('“path” is a JSON pointer, which starts with /.');
  else if (withValue.has(operation) && childOf(item, 'value') === undefined)
    report(`“value” is missing, which “${operation}” needs.`);
}
