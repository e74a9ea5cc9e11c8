import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { type Application, checkout, launch } from './application.ts';
import { Workbench } from './workbench.ts';

// Electron's security checklist, point by point, in the window that users get.
let application: Application;

test.beforeAll(async () => {
  // A camera that is always there: without one, a request fails whether or not it is permitted.
  application = await launch({ switches: ['--use-fake-device-for-media-stream'] });
  await new Workbench(application.page).ready();
});

test.afterAll(async () => {
  await application.close();
});

test('the page is isolated, sandboxed and has no Node', async () => {
  const preferences = await application.electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) throw new Error('There is no window.');
    const contents: unknown = window.webContents;
    return (contents as { getLastWebPreferences(): Electron.WebPreferences }).getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
  });
  expect(preferences.webviewTag ?? false).toBe(false);
  expect(preferences.allowRunningInsecureContent ?? false).toBe(false);
  expect(preferences.experimentalFeatures ?? false).toBe(false);
  const reach = await application.page.evaluate(() =>
    ['require', 'process', 'Buffer', 'module', 'global', 'electron'].filter((name) => name in globalThis),
  );
  expect(reach).toEqual([]);
});

test('the bridge holds two verbs, a dropped folder and the platform, and cannot be replaced', async () => {
  const bridge = await application.page.evaluate(() => {
    const held = (globalThis as unknown as { siteforge: object }).siteforge;
    const names = Object.keys(held).sort();
    try {
      (held as { call: unknown }).call = () => 'replaced';
    } catch {
      // A frozen object throws in strict mode: what counts is what stands there afterwards.
    }
    return { names, call: String((held as { call: unknown }).call).includes('replaced') };
  });
  expect(bridge).toEqual({ names: ['call', 'listen', 'openDropped', 'platform'], call: false });
});

test('the content security policy comes as a header and holds', async () => {
  const policy = await application.page.evaluate(async () =>
    (await fetch('/')).headers.get('content-security-policy'),
  );
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  const ran = await application.page.evaluate(async () => {
    const reached = globalThis as { inlineRan?: boolean; evalRan?: boolean };
    // In a task of its own: what the debugger evaluates directly is exempt from the policy.
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        try {
          const script = document.createElement('script');
          script.textContent = 'globalThis.inlineRan = true';
          document.head.append(script);
        } catch {
          // Trusted Types refuse the text before the policy refuses the script.
        }
        try {
          // biome-ignore lint/security/noGlobalEval: this is what has to be refused.
          globalThis.eval('globalThis.evalRan = true');
        } catch {
          // Refused, as it has to be.
        }
        resolve();
      });
    });
    return { inline: reached.inlineRan === true, eval: reached.evalRan === true };
  });
  expect(ran).toEqual({ inline: false, eval: false });
  // A real listener: a refusal that never left the window cannot be mistaken for one by the network.
  let reached = 0;
  const server = createServer((_request, response) => {
    reached += 1;
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end('reached');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const outside = await application.page.evaluate(
    (address) =>
      fetch(address).then(
        () => 'reached',
        () => 'refused',
      ),
    `http://127.0.0.1:${port}/`,
  );
  server.close();
  expect({ outside, reached }).toEqual({ outside: 'refused', reached: 0 });
});

test('nothing but the built window is served', async () => {
  const statuses = await application.page.evaluate(async () => {
    const addresses = [
      'app://ui/../package.json',
      'app://ui/%2e%2e/%2e%2e/package.json',
      'app://ui/..%2f..%2fpackage.json',
      'app://ui/..%2fmain%2fmain.js',
      'app://ui/..%2fpreload/preload.cjs',
      'app://ui/no-such.js',
    ];
    return Promise.all(
      addresses.map((address) =>
        fetch(address).then(
          ({ status }) => status,
          () => 0,
        ),
      ),
    );
  });
  expect(statuses.every((status) => status === 404 || status === 0)).toBe(true);
  expect(application.page.url()).toMatch(/^app:\/\/ui\//);
});

test('a page cannot leave, nor become another page of its own origin', async () => {
  const before = application.page.url();
  const leaveFor = async (address: string) => {
    await application.page.evaluate((to) => {
      location.href = to;
    }, address);
    await application.page.waitForTimeout(300);
    expect(application.page.url()).toBe(before);
  };
  await leaveFor('https://example.org/');
  await leaveFor('file:///etc/passwd');
  // Of the page's own origin, so that neither Chromium nor the guard of requests stands in its way: only the guard of
  // navigation does.
  const own = await application.page.evaluate(() =>
    URL.createObjectURL(new Blob(['<title>taken over</title>'], { type: 'text/html' })),
  );
  await leaveFor(own);
});

test('a page cannot open a window', async () => {
  // Its own address: one that would load.
  const opened = await application.page.evaluate(() => window.open(location.href) === null);
  expect(opened).toBe(true);
  await application.page.waitForTimeout(300);
  expect(application.electron.windows()).toHaveLength(1);
});

test('nothing is fetched from outside, whoever asks', async () => {
  let reached = 0;
  const server = createServer((_request, response) => {
    reached += 1;
    response.end('reached');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  // From main, where the policy of the page counts for nothing.
  const outside = await application.electron.evaluate(
    ({ session }, address) =>
      session.defaultSession.fetch(address).then(
        () => 'reached',
        () => 'refused',
      ),
    `http://127.0.0.1:${port}/`,
  );
  server.close();
  expect({ outside, reached }).toEqual({ outside: 'refused', reached: 0 });
});

test('nothing is downloaded', async () => {
  const file = test.info().outputPath('downloaded.txt');
  await application.electron.evaluate(({ session }, target) => {
    session.defaultSession.on('will-download', (_event, item) => item.setSavePath(target));
  }, file);
  await application.page.evaluate(() => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['text']));
    link.download = 'downloaded.txt';
    link.click();
  });
  await application.page.waitForTimeout(500);
  expect(existsSync(file)).toBe(false);
});

test('no permission is granted when a page asks', async () => {
  const answers = await application.page.evaluate(async () => ({
    camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'granted',
      (error: DOMException) => error.name,
    ),
    // 1 is "permission denied"; 2 would be a position that nobody knows, which is what a granted request ends in here.
    position: await new Promise((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        (error) => resolve(error.code),
        { timeout: 5000 },
      );
    }),
    midi: await navigator.requestMIDIAccess().then(
      () => 'granted',
      (error: DOMException) => error.name,
    ),
  }));
  expect(answers.camera).toBe('NotAllowedError');
  expect(answers.position).toBe(1);
  expect(answers.midi).toMatch(/^(NotAllowedError|SecurityError)$/);
});

test('no permission is held without asking', async () => {
  const held = await application.page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'];
    const states = await Promise.all(
      names.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state),
    );
    return {
      notification: Notification.permission,
      granted: names.filter((_, at) => states[at] === 'granted'),
    };
  });
  expect(held).toEqual({ notification: 'denied', granted: [] });
});

test('a call that is unknown, malformed or leads out of the site is refused', async () => {
  const codes = await application.page.evaluate(async () => {
    type Answer = { ok: boolean; failure?: { code: string }; value?: { siteId: string } };
    const bridge = (
      globalThis as unknown as { siteforge: { call(name: unknown, input: unknown): Promise<Answer> } }
    ).siteforge;
    const opened = await bridge.call('site.initial', undefined);
    const siteId = opened.value?.siteId;
    const written = (path: string) => ({ path, text: 'a: 1', baseDigest: null });
    const requests: [unknown, unknown][] = [
      ['no.such.call', {}],
      ['__proto__', {}],
      [{ toString: 'x' }, {}],
      ['documents.save', { siteId, documents: [written('../escaped.yaml')] }],
      ['documents.save', { siteId, documents: [written('hosts/../../escaped.yaml')] }],
      ['documents.save', { siteId, documents: [written('hosts/a.yaml'), written('escaped.sh')] }],
      ['documents.save', { siteId, documents: [written('hosts/a.yaml'), written('hosts/a.yaml')] }],
      ['documents.save', { siteId: 'x', documents: [written('hosts/a.yaml')] }],
      ['documents.save', { siteId, documents: [] }],
      ['documents.create', { siteId, documents: [written('hosts/a.yaml'), written('escaped.sh')] }],
      ['build.start', { siteId: 'x', image: 'edge-node' }],
      ['job.log', { jobId: '../..', from: -1, count: 1e9 }],
      ['settings.write', { theme: 'pink' }],
    ];
    return Promise.all(
      requests.map(([name, input]) =>
        bridge.call(name, input).then((answer) => (answer.ok ? 'accepted' : answer.failure?.code)),
      ),
    );
  });
  expect(codes).toEqual(codes.map(() => 'request-invalid'));
  expect(existsSync(path.join(application.site, '..', 'escaped.yaml'))).toBe(false);
  for (const name of ['escaped.sh', 'hosts/a.yaml'])
    expect(existsSync(path.join(application.site, name))).toBe(false);
});

test('a page from elsewhere is not answered even with our preload', async () => {
  const code = await application.electron.evaluate(async ({ BrowserWindow }, preload) => {
    const stranger = new BrowserWindow({
      show: false,
      webPreferences: { preload, sandbox: true, contextIsolation: true },
    });
    await stranger.loadURL('data:text/html,stranger');
    const answer = await stranger.webContents.executeJavaScript(`siteforge.call('site.recent', undefined)`);
    stranger.destroy();
    return answer.failure?.code ?? 'answered';
  }, `${checkout}/dist/preload/preload.cjs`);
  expect(code).toBe('request-invalid');
});

test('nothing was loaded over file URLs', async () => {
  const loaded = await application.page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name),
  );
  expect(loaded.filter((name) => !name.startsWith('app://ui/'))).toEqual(
    expect.not.arrayContaining([expect.stringMatching(/^file:/)]),
  );
});
