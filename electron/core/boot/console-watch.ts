import { ConsoleLines } from './console-lines.ts';
import { type BootFailure, failureOf, type Milestone, type MilestoneId, milestoneOf } from './milestones.ts';
import { parseSiteStatus, type SiteStatus } from './site-status.ts';

/** Enough to see what went wrong without the whole log. */
const keptLines = 60;

export interface WatchOptions {
  /** Ends the watch when a line, or a prompt, matches. Without it the status line does. */
  readonly until?: RegExp | undefined;
  readonly onLine?: ((line: string, seconds: number) => void) | undefined;
  readonly onMilestone?: ((milestone: Milestone) => void) | undefined;
  /** Seconds since the machine was switched on. */
  readonly seconds: () => number;
  /** Called once, with the first of these ends. */
  readonly onEnd: (end: 'reached' | BootFailure) => void;
}

/** Reads a machine's console and tells how far it came. */
export class ConsoleWatch {
  readonly milestones: Milestone[] = [];
  readonly lastLines: string[] = [];
  status: SiteStatus | undefined;
  /** Why a status line could not be read. */
  statusProblem: string | undefined;

  #lines = new ConsoleLines();
  #options: WatchOptions;
  #until: RegExp | undefined;
  #ended = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    // A pattern with g or y remembers where it stopped, and would miss every other line.
    this.#until =
      options.until && new RegExp(options.until.source, options.until.flags.replaceAll(/[gy]/g, ''));
  }

  feed(bytes: Buffer): void {
    for (const line of this.#lines.feed(bytes)) this.#take(line);
    const partial = this.#lines.partial;
    if (partial !== undefined) this.#recognise(partial);
  }

  end(): void {
    for (const line of this.#lines.end()) this.#take(line);
  }

  #take(line: string): void {
    this.lastLines.push(line);
    if (this.lastLines.length > keptLines) this.lastLines.shift();
    this.#options.onLine?.(line, this.#options.seconds());
    this.#readStatus(line);
    this.#recognise(line);
  }

  #recognise(line: string): void {
    const milestone = milestoneOf(line);
    if (milestone !== undefined) this.#reach(milestone, line);
    if (this.#until?.test(line) === true) {
      this.#reach('until', line);
      this.#end('reached');
    }
    const failure = failureOf(line);
    if (failure !== undefined) this.#end(failure);
  }

  #readStatus(line: string): void {
    const read = parseSiteStatus(line);
    if (read === undefined) return;
    // A line that lost a character on the way (a busy guest drops some) still tells that cloud-init is done.
    if ('problem' in read) this.statusProblem = read.problem;
    else this.status = read.status;
    this.#reach('status', line);
    if (this.#until === undefined) this.#end('reached');
  }

  #reach(id: MilestoneId, line: string): void {
    if (this.#ended || this.milestones.some((each) => each.id === id)) return;
    const milestone = { id, seconds: this.#options.seconds(), line };
    this.milestones.push(milestone);
    this.#options.onMilestone?.(milestone);
  }

  #end(end: 'reached' | BootFailure): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#options.onEnd(end);
  }
}
