import type { SourceNode } from '../../source/source-node.ts';
import { placeIn, schemasOfPlace } from '../schema-of-document.ts';
import { type FoundNode, nodesAt } from './find-node.ts';
import { type Finding, type Fix, fixAt } from './fix.ts';

/** Makes a list of what should be one: a mapping becomes its only entry. Words are made one by the finding itself. */
export function listFormFixes({ document, span, diagnostic }: Finding): Fix[] {
  if ((diagnostic.fixes ?? []).some(({ title }) => /list/.test(title))) return [];
  const { source } = document;
  return nodesAt(document.root, span).flatMap((found): Fix[] => {
    const node = listCandidate(found);
    if (node?.type !== 'map') return [];
    const place = placeIn(document.path, source.text, found.path);
    const isList = schemasOfPlace(place, source.text).some(({ type }) => type === 'array');
    return isList ? [asList(node)] : [];
  });
}

function listCandidate({ node, entry, isKey }: FoundNode): SourceNode | undefined {
  return isKey ? entry?.value : node;
}

function asList({ source, span }: SourceNode): Fix {
  const text = source.text.slice(span.start, span.end);
  if (text.startsWith('{')) return fixAt('Make it a list', source, span, `[${text}]`, true);
  // Below the dash, every line stands two columns further right.
  const moved = text.replaceAll(/(\r?\n)(?=[^\r\n])/g, '$1  ');
  return fixAt('Make it a list', source, span, `- ${moved}`, true);
}
