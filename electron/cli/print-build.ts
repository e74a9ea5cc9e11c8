import { relative } from 'node:path';
import type { Job, JobStep } from '#shared/job.ts';
import { formatBytes } from '../core/files/disk-space.ts';
import type { JobChange } from '../core/jobs/job-store.ts';
import type { Output } from './arguments.ts';
import { failureLines } from './print-failure.ts';
import { formatDuration, printable, type Style, styleFor } from './terminal-text.ts';

const chapters: Readonly<Record<string, string>> = {
  image: 'Builder',
  compose: 'Compose the root file system',
  assemble: 'Assemble the boot image',
};
const titleColumn = 44;

/**
 * Tells a build as it happens: chapters, and under each the steps with the time that they took. On a terminal the
 * last line shows the running step and is written again; elsewhere only what is finished is written.
 */
export class BuildStory {
  readonly #output: Output;
  readonly #style: Style;
  readonly #told = new Set<string>();
  #chapter = '';
  #warnings = 0;
  #live = false;
  #job: Job | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(output: Output) {
    this.#output = output;
    this.#style = styleFor(output.terminal);
  }

  begin(job: Job, site: string): void {
    const { bold, dim } = this.#style;
    this.#write(
      `${bold(`Build #${job.number}`)} of ${bold(printable(job.image))} ${dim(`in ${printable(site)}`)}`,
    );
    if (this.#output.terminal) this.#timer = setInterval(() => this.#showRunning(), 200).unref();
  }

  follow({ job }: JobChange): void {
    this.#job = job;
    for (const step of job.steps) if (step.state !== 'started' && !this.#told.has(step.id)) this.#tell(step);
    for (const warning of job.warnings.slice(this.#warnings)) {
      this.#write(`    ${this.#style.yellow('!')} ${printable(warning)}`);
    }
    this.#warnings = job.warnings.length;
    this.#showRunning();
  }

  end(job: Job, outFolder: string): void {
    clearInterval(this.#timer);
    this.follow({ job, logLines: 0 });
    this.#clear();
    const took = formatDuration((job.finishedAt ?? 0) - (job.startedAt ?? job.createdAt));
    for (const { name, size, sha256, packagesFetched } of job.artifacts) {
      const path = `${relative(process.cwd(), outFolder) || '.'}/${name}`;
      this.#write(`  ${this.#style.green('→')} ${this.#style.bold(printable(path))}  ${formatBytes(size)}`);
      this.#write(`    ${this.#style.dim(`sha256 ${sha256}`)}`);
      if (packagesFetched !== undefined) {
        const moment = new Date(packagesFetched).toISOString().slice(0, 16).replace('T', ' ');
        this.#write(`    ${this.#style.dim(`packages as the mirror had them on ${moment} UTC`)}`);
      }
    }
    if (job.state === 'succeeded') this.#write(`Done in ${took}.`);
    else if (job.state === 'cancelled') this.#write(`Cancelled after ${took}. Nothing is left behind.`);
    else if (job.failure !== undefined)
      this.#output.error(`${failureLines(job.failure, this.#output.terminal).join('\n')}\n`);
  }

  #tell(step: JobStep): void {
    this.#told.add(step.id);
    const prefix = step.id.split('.')[0] ?? '';
    const chapter = chapters[prefix] ?? '';
    if (chapter !== this.#chapter && chapter !== '') this.#write(`  ${this.#style.bold(chapter)}`);
    this.#chapter = chapter;
    const { green, red, dim } = this.#style;
    const mark = step.state === 'failed' ? red('✗') : step.state === 'cached' ? dim('=') : green('✓');
    const time =
      step.state === 'cached'
        ? 'from the cache'
        : formatDuration((step.finishedAt ?? step.startedAt) - step.startedAt);
    this.#write(`    ${mark} ${printable(step.title).padEnd(titleColumn)} ${dim(time)}`);
  }

  #showRunning(): void {
    if (!this.#output.terminal || this.#job === undefined) return;
    const running = this.#job.steps.findLast(({ state }) => state === 'started');
    if (running === undefined) return;
    const { progress } = running;
    const share =
      progress && progress.total > 0 ? ` ${Math.floor((100 * progress.done) / progress.total)} %` : '';
    const time = formatDuration(Date.now() - running.startedAt);
    this.#clear();
    const title = printable(running.title).padEnd(titleColumn);
    this.#output.error(`    ${this.#style.dim('…')} ${title} ${this.#style.dim(time + share)}`);
    this.#live = true;
  }

  #write(line: string): void {
    this.#clear();
    this.#output.error(`${line}\n`);
  }

  #clear(): void {
    if (this.#live) this.#output.error('\r\u001b[2K');
    this.#live = false;
  }
}
