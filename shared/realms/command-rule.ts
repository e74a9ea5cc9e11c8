import type { Addition, Home } from './misplaced.ts';
import type { Command } from './shell-commands.ts';

/** What a command amounts to in another document, or half a sentence of why it amounts to nothing there. */
export type Amount = readonly Addition[] | string;

/** What the document says beside a command. */
export interface Surroundings {
  /** Whether it handles keys of package sources, so that a source may be signed by one that is not in the image. */
  readonly handlesKeys: () => boolean;
}

export interface CommandRule {
  /** The text of the command. */
  readonly command?: RegExp;
  /** Or a file that it writes. */
  readonly writes?: RegExp;
  readonly home: Home;
  /** What to say of it in runcmd or bootcmd; nothing when left out. */
  readonly message?: (key: string, command: Command) => string;
  /** What to say of it in a script of a profile, which runs while the image is built; nothing when left out. */
  readonly inScript?: string;
  readonly additions?: (command: Command, surroundings: Surroundings) => Amount | undefined;
  /** As of `Misplaced`. That of its home when left out. */
  readonly byHand?: string;
  /** Said only where it has its counterpart, and of a fragment that every host receives. */
  readonly onlyForAll?: boolean;
  /** Commands about units that the same fragment writes are left alone: only it knows when they are there. */
  readonly exceptOwnUnits?: boolean;
}

/** For rules that need its words, and have nothing for those that a shell fills in. */
export function fromWords(
  read: (words: readonly string[]) => Amount | undefined,
): (command: Command) => Amount | undefined {
  return ({ words }) => words && read(words);
}
