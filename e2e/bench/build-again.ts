import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { run } from './commands.ts';
import type { Bench, Figure, Measure } from './figure.ts';
import { copyExample } from './generated-site.ts';
import { inTurns, median } from './sampling.ts';

const rounds = 7;
const image = 'edge-node';
/** Seconds, whatever the peer takes. */
const limit = { target: 2, targetOf: 'value' } as const;

/** Jobs go to a data folder of their own; the cache is the account's, or this would compose for minutes. */
async function measure({ checkout, cli, scratch, tell }: Bench): Promise<Figure[]> {
  const site = path.join(scratch, 'site-again');
  copyExample(checkout, site);
  const environment = { XDG_DATA_HOME: path.join(scratch, 'data') };
  const build = (out: string) =>
    run([process.execPath, cli, 'build', site, '--image', image, '--out', out], { environment });
  const out = path.join(scratch, 'out');
  const fresh = path.join(scratch, 'fresh-out');
  const iso = path.join(out, `${image}.iso`);
  tell('  building the image once (minutes, if it is not in the cache)\n');
  await build(out);
  const copy = path.join(scratch, 'copied.iso');
  const works = {
    intoFresh: async () => {
      await rm(fresh, { recursive: true, force: true });
      await build(fresh);
    },
    intoSame: () => build(out),
    copy: async () => {
      await rm(copy, { force: true });
      await run(['cp', iso, copy]);
      await run(['sync', copy]);
    },
  };
  const samples = await inTurns(rounds, works, () => run(['sync']));
  const { size } = await stat(iso);
  const copied = samples.copy.map((one) => one / 1000);
  const peer = (subject: readonly number[]) => ({
    title: 'cp, then sync of the copy',
    value: median(copied),
    ratio: median(subject) / median(copied),
    samples: copied,
  });
  const figure = (title: string, milliseconds: readonly number[], note: string): Figure => {
    const seconds = milliseconds.map((one) => one / 1000);
    const value = median(seconds);
    return {
      measure: 'again',
      title,
      value,
      unit: 's',
      samples: seconds,
      note,
      peer: peer(seconds),
      ...limit,
    };
  };
  const megabytes = `${Math.round(size / 1e6)} MB`;
  return [
    figure(
      `Built again, unchanged, into an empty folder (${megabytes})`,
      samples.intoFresh,
      'copy, sync, SHA-256',
    ),
    figure('Built again, unchanged, where it is already', samples.intoSame, 'SHA-256 of what is there'),
  ];
}

export const buildAgain: Measure = { name: 'again', title: 'An unchanged image built again', run: measure };
