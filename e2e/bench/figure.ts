/** What a figure is counted in. `MB` is 10^6 bytes; `x` a ratio of two times or sizes of one run. */
export type Unit = 'ms' | 's' | 'MB' | 'x' | 'lines';

/** One line of the table. */
export interface Figure {
  /** Name of the measure that it belongs to. */
  readonly measure: string;
  readonly title: string;
  /** Absent for what could not be measured here; `note` then says why. */
  readonly value?: number;
  readonly unit: Unit;
  /** At most. Of the ratio where there is a peer, unless `targetOf` says otherwise. */
  readonly target?: number;
  readonly targetOf?: 'value' | 'ratio';
  readonly peer?: Peer;
  /** What the path spends its time on, or why there is no figure. */
  readonly note?: string;
  /** Single results in the order in which they were taken, in `unit`. */
  readonly samples?: readonly number[];
}

/** What the subject is compared with, taken in turns with it. */
export interface Peer {
  readonly title: string;
  readonly value: number;
  /** Subject divided by peer. */
  readonly ratio: number;
  readonly samples?: readonly number[];
}

/** What measures work with. */
export interface Bench {
  readonly checkout: string;
  /** The command line as built. */
  readonly cli: string;
  /** Where measures put files: on the checkout's disk, removed at the end. */
  readonly scratch: string;
  /** Tells what is going on, on standard error. */
  readonly tell: (text: string) => void;
}

export interface Measure {
  readonly name: string;
  readonly title: string;
  /** Takes minutes: only with --long. */
  readonly long?: boolean;
  readonly run: (bench: Bench) => Promise<Figure[]>;
}

/** Undefined for a figure without a target or without a value. */
export function isMet({ value, target, targetOf = 'ratio', peer }: Figure): boolean | undefined {
  if (target === undefined || value === undefined) return undefined;
  return (targetOf === 'ratio' && peer !== undefined ? peer.ratio : value) <= target;
}
