import { appendFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './places.mjs';
import { lastLines, SetUpFailure } from './set-up-failure.mjs';

const KEPT_LOGS = 10;
const NAME_WIDTH = 22;

/**
 * What a step found: nothing to do, or something was done.
 * @typedef {{state: 'already there' | 'done' | 'skipped', note?: string}} StepOutcome
 */

/**
 * @param {number} milliseconds
 * @returns {string} `0.4 s`, `12 s`, `3 min 05 s`
 */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/**
 * The line that a finished step leaves.
 *
 * @param {StepOutcome} outcome
 * @param {number} milliseconds
 * @returns {string}
 */
export function outcomeText(outcome, milliseconds) {
  const text = outcome.state === 'done' ? `done in ${duration(milliseconds)}` : outcome.state;
  return outcome.note ? `${text} (${outcome.note})` : text;
}

/** Tells the person one line per step and keeps everything else in a log file in the cache folder. */
export class Journal {
  /** @type {string} */ #log;
  #lineOpen = false;
  #unfinished = '';

  /**
   * @param {string} name what the log file's name starts with
   * @param {NodeJS.WritableStream} [screen]
   */
  constructor(name, screen = process.stdout) {
    const folder = join(cacheFolder(), 'logs');
    mkdirSync(folder, { recursive: true });
    const old = readdirSync(folder)
      .filter((file) => file.startsWith(`${name}-`))
      .sort();
    for (const file of old.slice(0, Math.max(0, old.length - KEPT_LOGS + 1))) rmSync(join(folder, file));
    this.#log = join(folder, `${name}-${new Date().toISOString().replace(/[:.]/g, '-')}.log`);
    this.screen = screen;
  }

  /** Path of the log file. */
  get path() {
    return this.#log;
  }

  /** Adds raw output to the log file only. @type {(text: string) => void} */
  record = (text) => appendFileSync(this.#log, text);

  /** Passes lines of another program on, set in below the current step. @type {(text: string) => void} */
  pass = (text) => {
    const lines = (this.#unfinished + text).split('\n');
    this.#unfinished = lines.pop() ?? '';
    for (const line of lines) this.say(`    ${line}`);
  };

  /** Writes a line of its own to screen and log. @param {string} text */
  say(text) {
    if (this.#lineOpen) this.screen.write('\n');
    this.#lineOpen = false;
    this.screen.write(`${text}\n`);
    this.record(`${text}\n`);
  }

  /**
   * Does one step: names it first, so that nobody waits without knowing for what, and closes its line with the outcome.
   *
   * @param {string} name
   * @param {() => Promise<StepOutcome>} work
   * @returns {Promise<StepOutcome>}
   */
  async step(name, work) {
    const start = performance.now();
    const label = `  ${name.padEnd(NAME_WIDTH)} `;
    this.record(`\n== ${name}\n`);
    this.screen.write(label);
    this.#lineOpen = true;
    try {
      const outcome = await work();
      this.#close(label, outcomeText(outcome, performance.now() - start));
      return outcome;
    } catch (failure) {
      this.#close(label, `failed after ${duration(performance.now() - start)}`);
      throw failure;
    }
  }

  /**
   * @param {string} label
   * @param {string} text
   */
  #close(label, text) {
    // Something else (a note, sudo's prompt) may have ended the line: then the step is named again.
    this.screen.write(this.#lineOpen ? `${text}\n` : `${label}${text}\n`);
    this.#lineOpen = false;
    this.record(`== ${text}\n`);
  }

  /**
   * Shows a failure: what happened, the end of the raw output, what to do next, and where the rest is.
   *
   * @param {unknown} failure
   */
  explain(failure) {
    const known = failure instanceof SetUpFailure;
    const message = failure instanceof Error ? failure.message : String(failure);
    const raw = known ? failure.output : failure instanceof Error ? (failure.stack ?? '') : '';
    const tail = lastLines(raw);
    this.say('');
    if (tail) this.say(`${tail.replace(/^/gm, '    | ')}\n`);
    this.say(`Stopped: ${message}`);
    if (known) this.say(failure.next.replace(/^/gm, '  '));
    this.screen.write(`  Everything that was printed: ${this.#log}\n`);
  }
}
