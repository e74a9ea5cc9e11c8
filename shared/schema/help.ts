/**
 * What a field tells the engineer beside its type. It travels with the schema (`.meta()`), so that verdict, hover and
 * completion have one source, and reaches the editor through JSON Schema.
 *
 * Realms: `baked` goes into the image and costs a build to change; `stamped` goes into the 1 MiB seed of one host and
 * costs milliseconds; `day-2` is neither, it belongs to the tools that run once the host is up.
 */
export type Realm = 'baked' | 'stamped' | 'day-2';

export interface Help {
  readonly description: string;
  readonly realm?: Realm;
  readonly title?: string;
  /** Values that the editor offers where the type alone does not name any. */
  readonly examples?: unknown[];
  /** "seconds", "MHz", "MiB": shown beside the value. */
  readonly unit?: string;
}

type More = Omit<Help, 'description' | 'realm'>;
type Meta = Help & Record<string, unknown>;

export const baked = (description: string, more: More = {}): Meta => ({
  description,
  realm: 'baked',
  ...more,
});
export const stamped = (description: string, more: More = {}): Meta => ({
  description,
  realm: 'stamped',
  ...more,
});
export const day2 = (description: string, more: More = {}): Meta => ({
  description,
  realm: 'day-2',
  ...more,
});
/** For keys of the document itself, which belong to no realm. */
export const plain = (description: string, more: More = {}): Meta => ({ description, ...more });
