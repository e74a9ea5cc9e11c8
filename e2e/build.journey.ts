import { cpSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { type Application, checkout, launch } from './application.ts';
import { Workbench } from './workbench.ts';

// The first build on a machine takes minutes: it makes the builder image and composes the root file system.
test.setTimeout(15 * 60_000);

let application: Application;
let workbench: Workbench;

async function start(options: Parameters<typeof launch>[0] = {}): Promise<void> {
  application = await launch(options);
  workbench = new Workbench(application.page);
  await workbench.ready();
}

test.afterEach(async () => {
  expect(application.complaints).toEqual([]);
  await application.close();
});

test('Build makes the image, and stamping writes the chosen host into a copy', async () => {
  await start();
  await application.page.keyboard.press('Control+B');
  await workbench.place('Builds');
  const build = application.page.getByRole('region', { name: 'Build #1' });
  await expect(build.getByText('Succeeded').first()).toBeVisible({ timeout: 14 * 60_000 });
  await expect(build.getByText('edge-node.iso')).toBeVisible();
  await expect(build.getByText(/^packages of \d+ \w+ \d\d:\d\d$/)).toBeVisible();
  const image = path.join(application.site, 'out', 'edge-node.iso');
  const manifest = JSON.parse(
    readFileSync(path.join(application.site, 'out', 'edge-node.manifest.json'), 'utf8'),
  );
  expect(manifest.artifact.size).toBe(statSync(image).size);

  await build.getByRole('button', { name: 'Manifest' }).click();
  await expect(build.getByText(manifest.artifact.sha256).first()).toBeVisible();
  await build.getByRole('button', { name: 'Stamp for cp-1' }).click();
  await expect.poll(() => existsSync(path.join(application.site, 'out', 'edge-node-cp-1.iso'))).toBe(true);
  const stamped = readFileSync(path.join(application.site, 'out', 'edge-node-cp-1.iso'));
  const plain = readFileSync(image);
  expect(stamped.length).toBe(plain.length);
  expect(stamped.equals(plain)).toBe(false);

  giveAnotherProfile(application.site, 'cp-1');
  await build.getByRole('button', { name: 'Stamp for cp-1' }).click();
  await expect(application.page.getByText(/cp-1 has the profile other-node, but the image/)).toBeVisible();

  // Nothing that the image is made of has changed: a plain build would be there at once.
  await build.getByRole('button', { name: 'Build again from the mirror' }).click();
  const again = application.page.getByRole('region', { name: 'Build #2' });
  await expect(again.getByText('Bootstrap the base system').first()).toBeVisible({ timeout: 60_000 });
  await again.getByRole('button', { name: 'Cancel' }).click();
  await expect(again.getByText('Cancelled').first()).toBeVisible({ timeout: 60_000 });
  expect(readFileSync(image).equals(plain)).toBe(true);
});

/** On disk, as git would. */
function giveAnotherProfile(site: string, host: string): void {
  const edit = (from: string, to: string, before: string, after: string) =>
    writeFileSync(path.join(site, to), readFileSync(path.join(site, from), 'utf8').replace(before, after));
  edit('profiles/edge-node.yaml', 'profiles/other-node.yaml', 'name: edge-node', 'name: other-node');
  edit(`hosts/${host}.yaml`, `hosts/${host}.yaml`, 'profile: edge-node', 'profile: other-node');
}

test('an error in the documents of an image stops its build with the place of the error', async () => {
  await start();
  await workbench.open('profiles/edge-node.yaml');
  await workbench.replace('kind: HostProfile', 'kind: HostProfil');
  await application.page.keyboard.press('Control+B');
  await expect(workbench.problem(/HostProfil/)).toBeVisible();
  expect(existsSync(path.join(application.site, 'out'))).toBe(false);
});

test('builds are remembered after a restart, and one that was running is lost, not forgotten', async () => {
  const testInfo = test.info();
  const home = testInfo.outputPath('data');
  await start({ home });
  await application.page.keyboard.press('Control+B');
  await workbench.place('Builds');
  await expect(
    application.page.getByRole('region', { name: 'Build #1' }).getByText('Succeeded').first(),
  ).toBeVisible({ timeout: 14 * 60_000 });
  const { site } = application;
  // Another cache has nothing in it: this build runs for minutes, and the process is killed in the middle of it.
  await application.close({ keepSite: true });
  await start({ home, site, environment: { XDG_CACHE_HOME: testInfo.outputPath('cache') } });
  await application.page.keyboard.press('Control+B');
  await workbench.place('Builds');
  await expect(application.page.getByRole('region', { name: 'Build #2' })).toBeVisible();
  application.electron.process().kill('SIGKILL');
  await application.close({ keepSite: true });
  await start({ home, site });
  await workbench.place('Builds');
  await expect(application.page.getByRole('listbox', { name: 'Builds' })).toContainText('#1 edge-node');
  await expect(application.page.getByRole('listbox', { name: 'Builds' })).toContainText(
    /#2 edge-node.*lost/i,
  );
});

test('closing the last window while a build runs asks, and cancels the build only when told to', async () => {
  // Another cache has nothing in it: this build runs for minutes.
  await start({ environment: { XDG_CACHE_HOME: test.info().outputPath('cache') } });
  await answerQuestions(0);
  await application.page.keyboard.press('Control+B');
  await expect(application.page.getByRole('button', { name: 'Cancel' }).first()).toBeVisible();
  await closeWindow();
  await expect.poll(questions).toEqual(['A build is running.']);
  await workbench.place('Builds');
  await expect(application.page.getByRole('region', { name: 'Build #1' })).not.toContainText(/cancelled/i);

  const ended = new Promise((resolve) => application.electron.process().once('exit', resolve));
  await answerQuestions(1);
  await closeWindow();
  await ended;
});

test('a window whose page crashes comes back with its site and its running build', async () => {
  await start({ environment: { XDG_CACHE_HOME: test.info().outputPath('cache') } });
  const { page } = application;
  const other = test.info().outputPath('other-site');
  cpSync(application.site, other, { recursive: true });
  await openDropped(other);
  await expect(page.getByText('/other-site')).toBeVisible();
  await page.keyboard.press('Control+B');
  await expect(page.getByRole('button', { name: 'Cancel' }).first()).toBeVisible();
  await application.electron.evaluate(({ BrowserWindow, dialog }) => {
    const held = globalThis as unknown as { told: string[] };
    held.told = [];
    const answer = (...words: unknown[]) => {
      held.told.push((words.at(-1) as { message: string }).message);
      return Promise.resolve({ response: 0, checkboxChecked: false });
    };
    dialog.showMessageBox = answer;
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  // Through main: Playwright keeps to the page that crashed. What is asked of that one is never answered.
  const text = (script: string) =>
    application.electron.evaluate(async ({ BrowserWindow }, code) => {
      const answer = BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code);
      const late = new Promise((resolve) => setTimeout(resolve, 1000, ''));
      return String(await Promise.race([answer, late]).catch(() => ''));
    }, script);
  await expect.poll(() => text('document.body.innerText'), { timeout: 20_000 }).toContain('/other-site');
  const told = () => application.electron.evaluate(() => (globalThis as unknown as { told: string[] }).told);
  expect(await told()).toEqual(['The window stopped working.']);
  await text(
    `[...document.querySelectorAll('nav button')].find((one) => one.textContent.startsWith('Builds'))?.click()`,
  );
  await expect.poll(() => text('document.body.innerText')).toContain('Build #1 of edge-node');
  await text(`[...document.querySelectorAll('button')].find((one) => one.textContent === 'Cancel')?.click()`);
  await expect.poll(() => text('document.body.innerText'), { timeout: 60_000 }).toMatch(/cancelled/i);
});

/** As a file manager does. */
async function openDropped(folder: string): Promise<void> {
  const { page } = application;
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    const data = { items: [], files: [folder], dragOperationsMask: 1 };
    await session.send('Input.dispatchDragEvent', { type, x: 500, y: 400, data });
  }
}

/** Answers the system's own question boxes, which no test can click, with a button by its number. */
async function answerQuestions(button: number): Promise<void> {
  await application.electron.evaluate(({ dialog }, answer) => {
    const held = globalThis as unknown as { questions: string[] };
    held.questions = [];
    dialog.showMessageBoxSync = (...words: unknown[]) => {
      held.questions.push((words.at(-1) as { message: string }).message);
      return answer;
    };
  }, button);
}

function questions(): Promise<string[]> {
  return application.electron.evaluate(() => (globalThis as unknown as { questions: string[] }).questions);
}

async function closeWindow(): Promise<void> {
  // The answer of a process that ends may not arrive any more.
  await application.electron
    .evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    .catch(() => undefined);
}

/** A large site on a slow machine, made sure of: no message of the window reaches a worker until it may. */
async function openWithoutVerdict(): Promise<void> {
  await application.page.addInitScript(() => {
    const post = Worker.prototype.postMessage;
    const held: (() => void)[] = [];
    Worker.prototype.postMessage = function (this: Worker, ...message: unknown[]) {
      held.push(() => Reflect.apply(post, this, message));
    };
    addEventListener('let-through', () => {
      Worker.prototype.postMessage = post;
      for (const send of held) send();
    });
  });
  await application.page.reload();
}

const giveVerdict = () => application.page.evaluate(() => dispatchEvent(new Event('let-through')));

test('Build pressed before the first verdict waits for it, and starts then', async () => {
  // Nothing in the cache and no engine: a build that begins is told by what it lacks.
  const DOCKER_HOST = `unix://${checkout}/no-such-socket`;
  await start({ environment: { DOCKER_HOST, XDG_CACHE_HOME: test.info().outputPath('cache') } });
  const { page } = application;
  await openWithoutVerdict();
  await workbench.ready();
  await expect(page.getByRole('treeitem', { name: 'edge-node' }).first()).toBeVisible();
  await page.keyboard.press('Control+B');
  await expect(page.getByText('This site has no image')).toHaveCount(0);
  await expect(page.getByText('No container engine answers')).toHaveCount(0);
  await giveVerdict();
  await expect(page.getByText('No container engine answers').first()).toBeVisible();
  await expect(page.getByText('This site has no image')).toHaveCount(0);
});

test('an engine is looked for once the documents have their first verdict', async () => {
  await start({ environment: { DOCKER_HOST: `unix://${checkout}/no-such-socket` } });
  // Nor does the window give up waiting for the verdict, however long this takes.
  await application.page.addInitScript(() => {
    const wait = window.setTimeout;
    Object.assign(window, {
      setTimeout: (work: TimerHandler, after?: number) => (after === 5000 ? 0 : wait(work, after)),
    });
  });
  await openWithoutVerdict();
  await workbench.ready();
  const { page } = application;
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  await expect(page.getByText('Looking for an engine…')).toBeVisible();
  await giveVerdict();
  await expect(page.getByRole('button', { name: 'No engine' })).toBeVisible();
});

test('without an engine documents still work, and the way out is said', async () => {
  await start({ environment: { DOCKER_HOST: `unix://${checkout}/no-such-socket` } });
  await workbench.place('Builds');
  await expect(application.page.getByText('No container engine answers').first()).toBeVisible();
  await expect(application.page.getByText(/Start Docker or Podman/).first()).toBeVisible();
});
