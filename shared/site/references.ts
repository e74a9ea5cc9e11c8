import type { ScalarNode, SourceNode } from '../source/source-node.ts';

/** What a document refers to with `((namespace.name))`. Anything else in double parentheses is left alone. */
export interface Reference {
  readonly namespace: ReferenceNamespace;
  readonly name: string;
  /** `host.name` */
  readonly key: string;
  /** The place of the reference itself where it can be told, else of the scalar that holds it. */
  readonly place: ScalarNode;
}

/** `secret` names a value that stands in no document: see `shared/secrets/mask.ts`. */
export const referenceNamespaces = ['host', 'mac', 'var', 'site', 'secret'] as const;
export type ReferenceNamespace = (typeof referenceNamespaces)[number];

/** Names that every host has; those of `mac` and `var` are the host's own. */
export const fixedReferences = ['host.name', 'host.domain', 'host.fqdn', 'host.role', 'site.name'] as const;

const pattern = /\(\((host|mac|var|site|secret)\.([A-Za-z0-9_.-]{1,128})\)\)/g;
const whole = /^\(\((host|mac|var|site|secret)\.([A-Za-z0-9_.-]{1,128})\)\)$/;

/** As a file in secrets/ may be named: never a path, never hidden. */
export function isSecretName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(name);
}

export function holdsReference(node: ScalarNode): boolean {
  return typeof node.value === 'string' && node.value.includes('((') && node.value.search(pattern) >= 0;
}

/** The key of the only reference that a text consists of, or undefined when there is more to it. */
export function wholeReference(text: string): string | undefined {
  const match = whole.exec(text);
  return match === null ? undefined : `${match[1]}.${match[2]}`;
}

export function replaceReferences(
  text: string,
  replacement: (key: string, written: string) => string,
): string {
  return text.replace(pattern, (written, namespace: string, name: string) =>
    replacement(`${namespace}.${name}`, written),
  );
}

/** Every reference of a tree, in keys and values, in the order of the text. */
export function referencesIn(root: SourceNode): Reference[] {
  const found: Reference[] = [];
  const visit = (node: SourceNode): void => {
    if (node.type === 'scalar') {
      if (holdsReference(node)) for (const each of referencesOf(node)) found.push(each);
      return;
    }
    if (node.type === 'sequence') {
      for (const item of node.items) visit(item);
      return;
    }
    for (const { key, value } of node.entries) {
      visit(key);
      visit(value);
    }
  };
  visit(root);
  return found;
}

function referencesOf(node: ScalarNode): Reference[] {
  const { source, span } = node;
  const written = source.text.slice(span.start, span.end);
  let from = 0;
  return [...String(node.value).matchAll(pattern)].map((match) => {
    const at = written.indexOf(match[0], from);
    if (at >= 0) from = at + match[0].length;
    const place = at < 0 ? span : { start: span.start + at, end: span.start + at + match[0].length };
    return {
      namespace: match[1] as ReferenceNamespace,
      name: match[2] ?? '',
      key: `${match[1]}.${match[2]}`,
      place: { ...node, span: place },
    };
  });
}
