import { type ScalarNode, type SourceNode, toPlain } from '../source/source-node.ts';

/** Where a setting belongs: into the image, to the whole site, to one host, or to what runs once hosts are up. */
export type Home = 'profile' | 'site' | 'host' | 'day-2';

/** An entry of a list with keys of its own. */
export type AddedItem = Readonly<Record<string, string | readonly string[]>>;

/** A setting for another document: an item of a list, or an entry of a mapping, at a path below its root. */
export type Addition = {
  readonly path: readonly string[];
  /** What is said of it inside the text that it is taken from. */
  readonly comments?: readonly string[];
  /** Whose setting it is, where the target has a place for one account. */
  readonly account?: string;
  /** Where it is written, so that it keeps the comments beside it. */
  readonly from?: SourceNode;
} & ({ readonly item: string | AddedItem } | { readonly key: string; readonly value: string });

/** A setting that stands in the wrong realm, with what moves it where that is certain. */
export interface Misplaced {
  readonly home: Home;
  /** What is underlined. */
  readonly place: SourceNode;
  /** The entry of a list that it is a part of, where that is not the place itself. */
  readonly inside?: SourceNode;
  readonly message: string;
  /** Said only of a fragment that every host receives: for some of them it is in its place. */
  readonly onlyForAll?: boolean;
  /** A few words for a list: `packages`, `sysctl -w vm.swappiness=1`. */
  readonly label: string;
  /** Why no fix moves it and what to do instead, as `noFixMovesIt` takes it: “a shell fills it in. Write it out”. */
  readonly byHand?: string;
  /** The checks of the profile warn of it, so that no note is made of it. */
  readonly isToldAlready?: boolean;
  /** A network for netplan, which can become the one of the host whose it is. */
  readonly network?: { readonly text: string; readonly from: From; readonly isOneOfSeveral: boolean };
  /** What can simply go, where each host of the profile is given the same by its own document. */
  readonly leaveOut?: {
    readonly from: From;
    /** What its host must have for it to get the same; nothing of its own when left out. */
    readonly given?: Given;
  };
  readonly move?: {
    /** The document that takes it; for “profile”, a profile that holds it in the wrong place is that document. */
    readonly to: 'profile' | 'site' | 'host';
    readonly additions: readonly Addition[];
    readonly from: From;
  };
}

/** Names of hosts, the name of the one host, or its only address; with what to do of others, as a sentence without a stop. */
export interface Given {
  readonly by: 'names' | 'name' | 'address';
  readonly values: readonly string[];
  readonly otherwise: string;
}

/** What goes: a key of a mapping, an item of a list, or a line of a text. */
export type From =
  | { readonly parent: SourceNode; readonly key: ScalarNode }
  | { readonly parent: SourceNode; readonly item: SourceNode }
  | { readonly line: SourceNode };

/** The end of a note that has no fix. Reasons are half sentences; what to do instead may follow as another, without a stop. */
export function noFixMovesIt(...reasons: readonly string[]): string {
  return ` No fix moves it: ${reasons.join('; ')}.`;
}

/** Whether an entry of a list says just this. */
export function saysSame(node: SourceNode, item: string | AddedItem): boolean {
  if (typeof item === 'string') return node.type === 'scalar' && String(node.value) === item;
  const keys = Object.keys(item);
  if (node.type !== 'map' || node.entries.length !== keys.length) return false;
  const inWords = (value: unknown) =>
    JSON.stringify(Array.isArray(value) ? value.map(String) : String(value));
  return node.entries.every(({ key, value }) => inWords(toPlain(value)) === inWords(item[String(key.value)]));
}

export function itemsOf(node: SourceNode | undefined): readonly SourceNode[] {
  return node?.type === 'sequence' ? node.items : [];
}

/** Text that differs from host to host: it can only be stamped. */
export function differsByHost(text: string): boolean {
  return text.includes('((');
}
