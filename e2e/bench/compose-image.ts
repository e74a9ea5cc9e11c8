import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from './commands.ts';
import type { Bench, Figure, Measure } from './figure.ts';
import { copyExample } from './generated-site.ts';

const image = 'edge-node';
const release = 'bookworm';
const components = 'main,non-free-firmware';
/** What stock diskimage-builder wants beyond what our compose has: devices 7:* are loops, 10:237 their control. */
const loopDevices = ['--device-cgroup-rule', 'b 7:* rwm', '--device-cgroup-rule', 'c 10:237 rwm'];
const mounting = ['--cap-add', 'SYS_ADMIN', '--cap-add', 'MKNOD', '--security-opt', 'apparmor=unconfined'];

interface Step {
  readonly id: string;
  readonly title: string;
  readonly startedAt: number;
  readonly finishedAt?: number;
}

/** Our ISO, made from nothing, and what is in it. Times in seconds, sizes in bytes. */
interface Made {
  readonly seconds: number;
  readonly steps: readonly string[];
  readonly bytes: number;
  readonly packages: string;
  readonly builder: string;
  readonly base: string;
}

/** An empty cache: every package is downloaded, the base system bootstrapped. The builder image itself is not counted. */
async function makeFromNothing({ checkout, cli, scratch, tell }: Bench): Promise<Made> {
  const site = path.join(scratch, 'site-from-nothing');
  copyExample(checkout, site);
  const home = path.join(scratch, 'home-from-nothing');
  mkdirSync(home);
  const out = path.join(scratch, 'out-from-nothing');
  tell('  Siteforge, with an empty cache\n');
  const build = [process.execPath, cli, 'build', site, '--image', image, '--out', out, '--json'];
  const job = JSON.parse(await run(build, { environment: { SITEFORGE_HOME: home } })) as {
    steps: Step[];
    finishedAt: number;
  };
  const steps = job.steps.filter(({ id }) => /^(compose|assemble)\./.test(id));
  const secondsOf = ({ startedAt, finishedAt = startedAt }: Step) => (finishedAt - startedAt) / 1000;
  const trees = path.join(home, 'cache', 'trees');
  const packages = JSON.parse(
    readFileSync(path.join(trees, readdirSync(trees)[0] ?? '', 'packages.json'), 'utf8'),
  ) as { name: string }[];
  return {
    seconds: (job.finishedAt - Math.min(...steps.map(({ startedAt }) => startedAt))) / 1000,
    steps: steps.map((step) => `${step.id.replace(/^\w+\./, '')} ${secondsOf(step).toFixed(0)} s`),
    bytes: statSync(path.join(out, `${image}.iso`)).size,
    packages: packages.map(({ name }) => name).join(','),
    builder: await newestImage('siteforge/debian'),
    base: await newestImage('siteforge/base'),
  };
}

async function newestImage(repository: string): Promise<string> {
  const listing = await run(['docker', 'images', '--format', '{{.Repository}}:{{.Tag}}', repository]);
  const [newest] = listing.split('\n');
  if (!newest) throw new Error(`the engine has no image ${repository}`);
  return newest;
}

/** Runs one of the peers' scripts in a container that is removed afterwards; answers what it printed as JSON. */
async function peer(
  { checkout, tell }: Bench,
  made: Made,
  container: { readonly script: string; readonly from: string; readonly options: readonly string[] },
): Promise<Record<string, number>> {
  const script = path.join(checkout, 'e2e', 'bench', container.script);
  tell(`  ${container.script}\n`);
  const output = await run([
    ...['docker', 'run', '--rm', '--init', ...container.options],
    ...['--volume', `${script}:/peer.sh:ro`, '--entrypoint', 'sh', container.from],
    ...['/peer.sh', release, components, made.packages],
  ]);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Record<string, number>;
}

async function measure(bench: Bench): Promise<Figure[]> {
  const made = await makeFromNothing(bench);
  // The disk writes back what the first left before the second begins.
  await run(['sync']);
  await sleep(1000);
  const options = [...mounting, ...loopDevices];
  const stock = await peer(bench, made, { script: 'stock-tree.sh', from: made.builder, options });
  const seconds = stock.seconds ?? Number.NaN;
  return [
    {
      measure: 'compose',
      title: 'ISO from nothing, every package downloaded',
      value: made.seconds,
      unit: 's',
      target: 1,
      peer: {
        title: 'stock diskimage-builder to a tar, then squashfs, no ISO',
        value: seconds,
        ratio: made.seconds / seconds,
      },
      note: `${made.steps.join(', ')}; the peer needs loop devices in its container`,
    },
    await size(bench, made),
  ];
}

/** live-build makes what our ISO is, from the same packages; where it cannot run, that is what the table says. */
async function size(bench: Bench, made: Made): Promise<Figure> {
  const figure = {
    measure: 'compose',
    title: 'Size of the ISO',
    value: made.bytes / 1e6,
    unit: 'MB',
  } as const;
  try {
    const live = await peer(bench, made, {
      script: 'stock-live-image.sh',
      from: made.base,
      options: mounting,
    });
    const value = (live.bytes ?? Number.NaN) / 1e6;
    return {
      ...figure,
      target: 1,
      peer: { title: 'live-build of the same packages, with xz', value, ratio: figure.value / value },
      note: 'zstd 6; no manuals and translations, which live-build keeps',
    };
  } catch (thrown) {
    const told = thrown instanceof Error ? thrown.message : String(thrown);
    // The last line of live-build is about its cache; what went wrong stands before, after an `E:`.
    const reason = /^E: .*$/m.exec(told)?.[0] ?? told.trim().split('\n').at(-1);
    return { ...figure, note: `live-build did not run here: ${reason}` };
  }
}

export const composeImage: Measure = {
  name: 'compose',
  title: 'An image from nothing',
  long: true,
  run: measure,
};
