import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import type { Bench, Figure, Measure } from './figure.ts';
import { copyExample } from './generated-site.ts';
import { type Memory, memoryOf, processTree } from './processes.ts';
import { inTurns, median } from './sampling.ts';
import { readRuntime, windowEnvironment } from './window.ts';

const rounds = 5;
const limit = 30_000;

/** Milliseconds from the spawn to marks of the page, and what the application then holds. */
interface Start {
  readonly marks: Readonly<Record<string, number>>;
  readonly memory: Memory;
}

interface Subject {
  readonly folder: string;
  readonly args: readonly string[];
  readonly marks: readonly string[];
}

/** Where the page's time goes: the runtime itself, our frame, the editor, the first verdict. */
const ours = ['first-contentful-paint', 'siteforge:document-painted', 'siteforge:checked'];

async function measure({ checkout, scratch, tell }: Bench): Promise<Figure[]> {
  const site = path.join(scratch, 'site-to-open');
  copyExample(checkout, site);
  const { executable } = readRuntime(checkout);
  const subjects = {
    application: { folder: checkout, args: [site], marks: ours },
    empty: { folder: emptyApplication(scratch), args: [], marks: ['first-contentful-paint'] },
  };
  const starts: Record<keyof typeof subjects, Start[]> = { application: [], empty: [] };
  let isCold = true;
  const take = async (name: keyof typeof subjects) => {
    isCold = dropPageCache() && isCold;
    starts[name].push(await startOnce(executable, subjects[name], path.join(scratch, `home-${name}`)));
  };
  tell(`  ${rounds} starts, each after one of an empty window\n`);
  await inTurns(rounds, { application: () => take('application'), empty: () => take('empty') });
  // The first one fills caches that Chromium keeps in its profile; it is not counted.
  const counted = starts.application.slice(1);
  return figuresOf(counted, starts.empty.slice(1), isCold);
}

function figuresOf(counted: readonly Start[], empty: readonly Start[], isCold: boolean): Figure[] {
  const cold = isCold ? 'page cache dropped' : 'page cache warm: dropping it needs root';
  const at = (mark: string) => counted.map(({ marks }) => (marks[mark] ?? Number.NaN) / 1000);
  const ready = counted.map(({ marks }) => Math.max(...Object.values(marks)) / 1000);
  const bare = empty.map(({ marks }) => Math.max(...Object.values(marks)) / 1000);
  const phases = ours.map((mark) => `${mark.replace('siteforge:', '')} ${median(at(mark)).toFixed(2)} s`);
  const megabytes = (starts: readonly Start[], of: keyof Memory) =>
    starts.map(({ memory }) => memory[of] / 1e6);
  const resident = megabytes(counted, 'resident');
  const bareResident = megabytes(empty, 'resident');
  const proportional = Math.round(median(megabytes(counted, 'proportional')));
  const peer = (title: string, subject: readonly number[], samples: readonly number[]) => ({
    title,
    value: median(samples),
    ratio: median(subject) / median(samples),
    samples,
  });
  return [
    {
      measure: 'window',
      title: 'Window from spawn to a painted and checked document',
      value: median(ready),
      unit: 's',
      target: 2,
      targetOf: 'value',
      samples: ready,
      peer: peer('an empty window', ready, bare),
      note: `${cold}; ${phases.join(', ')}`,
    },
    {
      measure: 'window',
      title: 'Memory of all its processes, resident',
      value: median(resident),
      unit: 'MB',
      samples: resident,
      peer: peer('an empty window', resident, bareResident),
      note: `${proportional} MB when pages that processes share count once`,
    },
  ];
}

/** What the runtime costs by itself: a window with a word in it. */
function emptyApplication(scratch: string): string {
  const folder = path.join(scratch, 'empty-application');
  mkdirSync(folder);
  const main = `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1600, height: 1000, show: false });
  window.once('ready-to-show', () => window.show());
  window.loadURL('data:text/html,<p>Empty');
});
`;
  writeFileSync(path.join(folder, 'main.js'), main);
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'empty', main: 'main.js' }));
  return folder;
}

/** False when that is not allowed. */
function dropPageCache(): boolean {
  try {
    writeFileSync('/proc/sys/vm/drop_caches', '1');
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts without a driver, which would cost time of its own; the page keeps the times, and is asked for them when all
 * is done.
 */
async function startOnce(executable: string, { folder, args, marks }: Subject, home: string): Promise<Start> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const environment = windowEnvironment(home);
  const spawnedAt = Date.now();
  const child = spawn(executable, ['--remote-debugging-port=0', ...sandbox, folder, ...args], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  try {
    const endpoint = await debuggingEndpoint(child);
    // Long enough for the slowest to be done without being watched.
    await sleep(2500);
    const times = await readMarks(endpoint, marks);
    const memory = memoryOf(processTree(child.pid ?? 0).map(({ pid }) => pid));
    return {
      marks: Object.fromEntries(Object.entries(times).map(([name, time]) => [name, time - spawnedAt])),
      memory,
    };
  } finally {
    child.kill();
    await ended;
  }
}

function debuggingEndpoint(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => reject(new Error(`the window did not start:\n${text}`)), limit);
    child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      const endpoint = /DevTools listening on (ws:\S+)/.exec(text)?.[1];
      if (endpoint === undefined) return;
      clearTimeout(timer);
      resolve(endpoint);
    });
    child.once('error', reject).once('exit', () => reject(new Error(`the window ended:\n${text}`)));
  });
}

/** Times of the marks in milliseconds since 1970. */
async function readMarks(endpoint: string, names: readonly string[]): Promise<Record<string, number>> {
  const browser = await chromium.connectOverCDP(endpoint);
  try {
    const page = browser.contexts()[0]?.pages()[0];
    if (page === undefined) throw new Error('there is no page');
    const allThere = (wanted: readonly string[]) =>
      wanted.every((name) => performance.getEntriesByName(name).length > 0);
    await page.waitForFunction(allThere, names, { timeout: limit });
    return await page.evaluate((wanted) => {
      const timeOf = (name: string) =>
        performance.timeOrigin + (performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN);
      return Object.fromEntries(wanted.map((name) => [name, timeOf(name)]));
    }, names);
  } finally {
    await browser.close();
  }
}

export const windowStart: Measure = { name: 'window', title: 'Starting the window', run: measure };
