import { type ChildProcess, execFile, execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Job } from '#shared/job.ts';
import { goodAssemble, goodCompose, goodMetadata } from '../core/build/fake-builder.test-support.ts';
import { readBuilderSources } from '../core/engine/builder-image.ts';
import { connectEngine } from '../core/engine/connect-engine.ts';
import { homeLabel } from '../core/engine/run-container.ts';
import { digestOf } from '../core/files/file-digest.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
/** An application of its own: the real bundle, beside a builder that waits until it is told to go on. */
/** As every builder does, it gives its results to the owner of the volume; as a careless one, it leaves files of root. */
const asRoot =
  'chown -R "$(stat -c %u:%g /config)" /config/compose; mkdir /config/careless; touch /config/careless/file';
let root = '';
let home = '';
let site = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'siteforge-cli-'));
  home = join(root, 'home');
  site = join(root, 'site');
  const vite = join(checkout, 'node_modules/vite/bin/vite.js');
  const options = [
    'build',
    '--config',
    'electron/vite.config.ts',
    '--mode',
    'cli',
    '--outDir',
    join(root, 'dist/cli'),
  ];
  execFileSync('node', [vite, ...options], { cwd: checkout, stdio: 'pipe' });
  // Copied, since an ordinary account reads nothing in a checkout that lies in another one's home.
  const query = execFileSync('npm', ['query', '#dockerode, #dockerode *'], { cwd: checkout, stdio: 'pipe' });
  for (const { location } of JSON.parse(query.toString()) as { location: string }[])
    await cp(join(checkout, location), join(root, location), { recursive: true });
  await writeFile(join(root, 'package.json'), '{"type": "module"}');
  await cp(join(checkout, 'assets/examples/edge-berlin'), site, { recursive: true });
  await mkdir(join(root, 'builders/debian'), { recursive: true });
  await writeFile(
    join(root, 'builders/debian/Containerfile'),
    `ARG BASE\nFROM $BASE\nCOPY builder /builder\nENTRYPOINT ["/bin/sh", "/builder"]\n`,
  );
  const compose = `touch /cache/running; while [ ! -e /cache/go ]; do sleep 0.1; done\n${goodCompose}\n${asRoot}`;
  const assemble = (goodAssemble + goodMetadata).replaceAll('edge.iso', 'edge-node.iso');
  await writeFile(
    join(root, 'builders/debian/builder'),
    `set -e\ntrap 'exit 143' TERM\ncase "$1" in compose) ${compose} ;; assemble) ${assemble} ;; esac\n`,
  );
}, 120_000);

afterAll(async () => {
  const { image } = await readBuilderSources(join(root, 'builders/debian'));
  await (await connectEngine()).docker.getImage(image).remove({ force: true });
  await rm(root, { recursive: true, force: true });
});

interface Account {
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

function start(...parameters: string[]) {
  return startAs(undefined, ...parameters);
}

function startAs(account: Account | undefined, ...parameters: string[]) {
  return startWith(
    {
      env: { ...process.env, SITEFORGE_HOME: account?.home ?? home, ...(account && { HOME: account.home }) },
      ...(account && { uid: account.uid, gid: account.gid }),
    },
    ...parameters,
  );
}

function startWith(
  options: SpawnOptions,
  ...parameters: string[]
): {
  child: ChildProcess;
  ended: Promise<number | null>;
  text: () => string;
} {
  const child = spawn('node', [join(root, 'dist/cli/siteforge.js'), ...parameters], {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { child, ended, text: () => text };
}

async function containers(): Promise<number> {
  const engine = await connectEngine();
  const filters = { label: [`${homeLabel}=${join(home, 'data')}`] };
  return (await engine.docker.listContainers({ all: true, filters })).length;
}

const composing = () => existsSync(join(home, 'cache/apt/running'));

async function volumes(): Promise<string[]> {
  const all = await readdir(join(home, 'data/jobs'), { recursive: true });
  return all.filter((path) => path.includes('volume'));
}

test('Ctrl-C cancels cleanly', async () => {
  const build = start('build', site, '--image', 'edge-node');
  await expect.poll(composing, { timeout: 60_000 }).toBe(true);
  build.child.kill('SIGINT');
  expect(await build.ended).toBe(1);
  expect(build.text()).toMatch(/Cancelled after/);
  expect([await containers(), await volumes()]).toEqual([0, []]);
});

test('what was killed is lost at the next start, its container and private folder removed', async () => {
  await rm(join(home, 'cache/apt/running'), { force: true });
  const killed = start('build', site, '--image', 'edge-node');
  await expect.poll(composing, { timeout: 60_000 }).toBe(true);
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect([await containers(), (await volumes()).length > 0]).toEqual([1, true]);
  await writeFile(join(home, 'cache/apt/go'), '');
  const next = start('build', site, '--image', 'edge-node', '--json');
  expect(await next.ended).toBe(0);
  const job: Job = JSON.parse(next.text());
  expect([job.state, job.number, job.artifacts[0]?.name]).toEqual(['succeeded', 3, 'edge-node.iso']);
  const lost = join(home, 'data/jobs', job.id.replace(/\d+$/, '2'), 'events.ndjson');
  expect(await readFile(lost, 'utf8')).toMatch(/job-lost[\s\S]*"state":"lost"/);
  expect([await containers(), await volumes()]).toEqual([0, []]);
});

test('an unchanged image needs no engine', async () => {
  const env = { ...process.env, SITEFORGE_HOME: home, DOCKER_HOST: 'unix:///nonexistent/docker.sock' };
  const build = startWith({ env }, 'build', site, '--image', 'edge-node');
  expect(await build.ended).toBe(0);
  expect(build.text()).toMatch(/from the cache[\s\S]*edge-node\.iso/);
});

test('an engine that is named must be there, also when the cache could do without', async () => {
  const unknown = start('build', site, '--image', 'edge-node', '--engine', 'none-such');
  expect(await unknown.ended).toBe(2);
  expect(unknown.text()).toMatch(/no engine context named none-such/);
  const docker = join(root, 'docker');
  const context = join(docker, 'contexts/meta', digestOf('asleep'));
  await mkdir(context, { recursive: true });
  const endpoints = { docker: { Host: 'unix:///nonexistent/docker.sock' } };
  await writeFile(join(context, 'meta.json'), JSON.stringify({ Name: 'asleep', Endpoints: endpoints }));
  const env = { ...process.env, SITEFORGE_HOME: home, DOCKER_CONFIG: docker };
  const silent = startWith({ env }, 'build', site, '--image', 'edge-node', '--engine', 'asleep');
  expect(await silent.ended).toBe(1);
  expect(silent.text()).toMatch(/engine-absent/);
});

test.skipIf(process.getuid?.() !== 0)(
  'an ordinary account builds, and nothing of root stays behind',
  async () => {
    const account = { uid: 12_345, gid: statSync('/var/run/docker.sock').gid, home: join(root, 'account') };
    await mkdir(join(account.home, 'cache/apt'), { recursive: true });
    await writeFile(join(account.home, 'cache/apt/go'), '');
    await chmod(root, 0o755);
    execFileSync('chown', ['-R', `${account.uid}`, account.home]);
    const build = startAs(
      account,
      'build',
      site,
      '--image',
      'edge-node',
      '--out',
      join(account.home, 'out'),
      '--json',
    );
    expect([await build.ended, build.text()]).toEqual([0, expect.stringContaining('"succeeded"')]);
    const job: Job = JSON.parse(build.text());
    expect(await readdir(join(account.home, 'data/jobs', job.id))).not.toContain('volume');
  },
);

/** How many functions V8 optimised in a command, read from its own trace. */
async function functionsOptimised(...flags: string[]): Promise<number> {
  const cli = join(root, 'dist/cli/siteforge.js');
  const { stdout, stderr } = await promisify(execFile)(
    'node',
    ['--trace-opt', ...flags, cli, 'validate', site],
    {
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  expect(stderr).toMatch(/no problems/);
  return stdout.match(/\[completed optimizing/g)?.length ?? 0;
}

test('the process that is started puts off V8’s optimising compiler', async () => {
  // The peer is the same command, whose request to V8 comes to nothing: 13 functions then, and none otherwise.
  const deaf =
    'import v8 from "node:v8"; import { syncBuiltinESMExports } from "node:module";' +
    'v8.setFlagsFromString = () => {}; syncBuiltinESMExports();';
  const eager = await functionsOptimised('--import', `data:text/javascript,${encodeURIComponent(deaf)}`);
  expect(eager).toBeGreaterThan(4);
  expect(await functionsOptimised()).toBeLessThan(eager / 2);
});

test.each([
  [['build', 'SITE', '--image', 'edge-nod'], 1, /image-not-found[\s\S]*Did you mean edge-node/],
  [['build', 'SITE'], 2, /--image is missing/],
  [['build', '/nonexistent', '--image', 'x'], 1, /site-not-found/],
  [['build', 'SITE', '--imgae', 'x'], 2, /imgae/],
  [['launch'], 2, /There is no command launch/],
  [[], 2, /validate[\s\S]*render[\s\S]*build[\s\S]*stamp[\s\S]*boot/],
  [['--help'], 0, /siteforge build SITE/],
  [['build', '--help'], 0, /siteforge build SITE/],
  [['render', 'SITE', '--host', 'cp-1', '--as', 'ignition'], 2, /one of nocloud, keyfiles/],
  [['stamp', 'x.iso', '--inspect', '--reset'], 2, /exclude/],
  [['boot', '/nonexistent.iso', '--timeout', 'soon'], 2, /seconds/],
])('%j exits with %i', async (parameters, status, text) => {
  const run = start(...parameters.map((one) => (one === 'SITE' ? site : one)));
  expect(await run.ended).toBe(status);
  expect(run.text()).toMatch(text);
});
