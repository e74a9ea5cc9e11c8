import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { diagnosticsByPlace, type NamedPlace } from '../diagnostics/diagnostics-by-place.ts';
import type { PathSegment, SourceNode } from '../source/source-node.ts';
import type { SourceText } from '../source/source-text.ts';

/** The findings of a document by the path of what they are about. */
export class FormProblems {
  readonly #byPath: ReadonlyMap<string, readonly Diagnostic[]>;

  constructor(source: SourceText, root: SourceNode, found: readonly Diagnostic[]) {
    const places: NamedPlace<string>[] = [];
    if (found.length > 0) addPlaces(places, root, '');
    this.#byPath = diagnosticsByPlace(source, found, places);
  }

  /** About the value at a path itself, and about nothing inside it. */
  at(path: readonly PathSegment[]): readonly Diagnostic[] {
    return this.#byPath.get(nameOf(path)) ?? [];
  }

  /** About the value at a path and all that lies in it. */
  under(path: readonly PathSegment[]): readonly Diagnostic[] {
    const name = nameOf(path);
    const found: Diagnostic[] = [];
    for (const [place, list] of this.#byPath)
      if (place === name || place.startsWith(`${name}\n`)) for (const each of list) found.push(each);
    return found;
  }
}

/** No key that a form shows holds a line end. */
function nameOf(path: readonly PathSegment[]): string {
  return path.map((segment) => `\n${segment}`).join('');
}

function addPlaces(places: NamedPlace<string>[], node: SourceNode, name: string): void {
  if (node.type === 'sequence') {
    for (const [index, item] of node.items.entries()) {
      places.push({ name: `${name}\n${index}`, span: item.span });
      addPlaces(places, item, `${name}\n${index}`);
    }
  } else if (node.type === 'map') {
    for (const { key, value } of node.entries) {
      const own = `${name}\n${String(key.value)}`;
      places.push({
        name: own,
        span: { start: key.span.start, end: Math.max(key.span.end, value.span.end) },
      });
      addPlaces(places, value, own);
    }
  }
}
