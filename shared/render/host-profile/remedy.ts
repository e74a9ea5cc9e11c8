import type { Path, PlainValue, ValueChange } from '../../source/edit-value.ts';

/**
 * What mends a finding of a profile. Made for every finding, so no text is made before somebody asks for it. The paths of
 * the changes start at the document.
 */
export interface Remedy {
  readonly title: string;
  readonly changes: readonly ValueChange[];
}

/** Sets what stands at a path below `spec`, or adds it. */
export function replaced(value: PlainValue, ...path: Path): Remedy {
  const name = String(path.at(-1));
  const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const title = `Set “${name}” to ${shown.length > 40 ? `${shown.slice(0, 40)}…` : shown}`;
  return { title, changes: [{ type: 'set', path: ['spec', ...path], value }] };
}

/** Takes out what stands at a path below `spec`. */
export function removed(...path: Path): Remedy {
  const last = path.at(-1);
  const title = typeof last === 'number' ? 'Remove this entry' : `Remove “${last}”`;
  return { title, changes: [{ type: 'remove', path: ['spec', ...path] }] };
}

/** Adds an item to the list at a path below `spec`; `list` is what stands there now. */
export function appended(item: string, list: readonly unknown[] | undefined, ...path: Path): Remedy {
  const title = `Add “${item}” to ${path.join('.')}`;
  const value = list === undefined || list.length === 0 ? [item] : item;
  const place = list === undefined || list.length === 0 ? path : [...path, list.length];
  return { title, changes: [{ type: 'set', path: ['spec', ...place], value }] };
}

export function titled(title: string, ...remedies: readonly Remedy[]): Remedy {
  return { title, changes: remedies.flatMap(({ changes }) => changes) };
}
