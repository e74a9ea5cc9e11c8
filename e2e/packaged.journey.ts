import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '@playwright/test';
import { checkout, readRuntime } from './application.ts';
import { endProcessGroup } from './process-group.ts';

/** How the wire in the executable writes a fuse (Electron's documentation, "Electron Fuses"). */
const enabled = '1'.charCodeAt(0);
const disabled = '0'.charCodeAt(0);

// The application as it ships: packed, with its fuses blown. Playwright cannot drive its main process any more, which
// is the point of one of them; Chromium's own debugging port tells which page is open.
const output = mkdtempSync(path.join(tmpdir(), 'siteforge-packaged-'));
const executable = path.join(output, 'linux-unpacked', 'siteforge');

test.skip(process.platform !== 'linux', 'packed here for Linux only');
test.setTimeout(180_000);

test.beforeAll(async () => {
  const runtime = readRuntime();
  await promisify(execFile)(
    process.execPath,
    [
      path.join(checkout, 'node_modules', 'electron-builder', 'cli.js'),
      '--dir',
      '--linux',
      `-c.electronDist=${path.dirname(runtime.executable)}`,
      `-c.electronVersion=${runtime.version}`,
      `-c.directories.output=${output}`,
    ],
    { cwd: checkout },
  );
});

test.afterAll(() => rmSync(output, { recursive: true, force: true }));

test('the packed application has every fuse as it has to be', async () => {
  const wire = await getCurrentFuseWire(executable);
  const on = [
    FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    FuseV1Options.OnlyLoadAppFromAsar,
    FuseV1Options.EnableCookieEncryption,
  ];
  const off = [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
    FuseV1Options.GrantFileProtocolExtraPrivileges,
  ];
  expect(on.map((fuse) => wire[fuse])).toEqual(on.map(() => enabled));
  expect(off.map((fuse) => wire[fuse])).toEqual(off.map(() => disabled));
});

test('the packed application loads nothing but its own archive and carries what a build needs', () => {
  const resources = path.join(output, 'linux-unpacked', 'resources');
  expect(existsSync(path.join(resources, 'app.asar'))).toBe(true);
  expect(existsSync(path.join(resources, 'default_app.asar'))).toBe(false);
  expect(existsSync(path.join(resources, 'builders', 'debian', 'Containerfile'))).toBe(true);
  expect(existsSync(path.join(resources, 'assets', 'examples', 'edge-berlin', 'site.yaml'))).toBe(true);
});

test('the packed application opens its window', async () => {
  const data = path.join(output, 'data');
  const application = spawn(
    executable,
    ['--remote-debugging-port=0', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    {
      detached: true,
      env: { ...process.env, XDG_DATA_HOME: data, SITEFORGE_HEADLESS: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  try {
    const { host } = new URL(await debuggingAddress(application));
    const pages = async () => {
      const answer = await fetch(`http://${host}/json/list`);
      const targets = (await answer.json()) as { type: string; url: string; title: string }[];
      return targets.filter(({ type }) => type === 'page').map(({ url, title }) => ({ url, title }));
    };
    await expect.poll(pages, { timeout: 30_000 }).toEqual([{ url: 'app://ui/', title: 'Siteforge' }]);
  } finally {
    await endProcessGroup(application.pid);
  }
});

function debuggingAddress(application: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    application.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const address = /DevTools listening on (ws:\/\/\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    application.once('exit', (code) => reject(new Error(`The application ended with ${code}: ${said}`)));
  });
}
