import { Document, isScalar, Pair, parseDocument, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { ScalarNode, SequenceNode, SourceNode } from '../source/source-node.ts';

/**
 * YAML for cloud-init. Its PyYAML reads YAML 1.1, where `yes`, `0644`, `12:30` and many MAC addresses are no texts, so
 * texts are quoted by the rules of 1.1.
 */
const documentOptions = { version: '1.1' } as const;
/** No folding: a line of a script stays a line. */
const textOptions = { lineWidth: 0, blockQuote: 'literal', singleQuote: false } as const;

/** Plain data in the order of its keys. */
export function cloudInitYaml(value: unknown): string {
  return new Document(value, { ...documentOptions, aliasDuplicateObjects: false }).toString(textOptions);
}

/** A tree in the order of its entries. Scalars that were written plain mean to cloud-init what they meant in the file. */
export function cloudInitYamlOf(node: SourceNode): string {
  const document = new Document(undefined, documentOptions);
  document.contents = yamlNode(node);
  return document.toString(textOptions);
}

function yamlNode(node: SourceNode, isItem = false): YAMLMap | YAMLSeq | Scalar {
  if (node.type === 'scalar') return yamlScalar(node);
  if (node.type === 'sequence') {
    const list = new YAMLSeq();
    list.items = node.items.map((item) => yamlNode(item, true));
    list.flow = node.items.length === 0 || (isItem && isCommand(node));
    return list;
  }
  const map = new YAMLMap();
  map.items = node.entries.map(({ key, value }) => new Pair(yamlScalar(key), yamlNode(value)));
  map.flow = node.entries.length === 0;
  return map;
}

/** A short list of words inside a list, such as a command of `runcmd`, reads best on one line. */
function isCommand({ items }: SequenceNode): boolean {
  const texts = items.map((item) => (item.type === 'scalar' ? String(item.value) : '\n'));
  return !texts.some((text) => text.includes('\n')) && texts.join(', ').length <= 72;
}

/** Texts that YAML 1.1 may take for something else than YAML 1.2, which the documents are read with, does. */
const readDifferently = /^(?:yes|no|on|off|[-+]?0[0-7_]+|[-+]?[0-9][0-9_:.,xobTt+-]*)$/i;

function yamlScalar(node: ScalarNode): Scalar {
  const written = writtenPlain(node);
  if (written !== undefined && readDifferently.test(written)) {
    const { contents, errors } = parseDocument(written, documentOptions);
    if (isScalar(contents) && errors.length === 0) return withoutPlace(contents);
  }
  return new Scalar(node.value);
}

/** The text of a scalar as it stands in its file, when it stands there without quotes and nothing was replaced in it. */
function writtenPlain({ source, span, value }: ScalarNode): string | undefined {
  if (span.end - span.start > 64 || span.end <= span.start) return undefined;
  const written = source.text.slice(span.start, span.end);
  return typeof value === 'number' || written === value ? written : undefined;
}

function withoutPlace(scalar: Scalar): Scalar {
  const copy = new Scalar(scalar.value);
  if (scalar.format !== undefined) copy.format = scalar.format;
  if (scalar.minFractionDigits !== undefined) copy.minFractionDigits = scalar.minFractionDigits;
  if (scalar.source !== undefined) copy.source = scalar.source;
  return copy;
}
