import type { Path, PlainValue, ValueChange } from '../../source/edit-value.ts';

/**
 * What mends a finding of a profile. Made for every finding, so no text is made before somebody asks for it. The paths of
 * the changes start at the document.
 */
export interface Remedy {
  readonly title: string;
  readonly changes: readonly ValueChange[];
  /** The changes take out an item of a list, which goes behind those of another one, with its comments. */
  readonly movedTo?: { readonly path: readonly string[]; readonly item: string };
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

/** Moves an item of a list behind those of another; a list that it leaves empty goes with it. */
export function moved(
  item: string,
  from: readonly [list: string, index: number],
  isOnly: boolean,
  to: readonly string[],
): Remedy {
  const [list] = from;
  const { changes } = isOnly ? removed(list) : removed(...from);
  return { title: `Move to ${to.join('.')}`, changes, movedTo: { path: to, item } };
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
