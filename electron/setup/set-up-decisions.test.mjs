import { describe, expect, it } from 'vitest';
import { parseOptions } from './command-line-options.mjs';
import { engineHosts, pingTarget, throughGroup } from './container-engine.mjs';
import { runtimePath } from './electron-runtime.mjs';
import { duration, outcomeText } from './journal.mjs';
import { isInstalled } from './node-modules.mjs';
import { isNodeNewEnough } from './node-version.mjs';
import { cacheFolder } from './places.mjs';
import { asRoot } from './privilege.mjs';
import { runCommand } from './run-command.mjs';
import { lastLines } from './set-up-failure.mjs';
import { isBuildInput } from './source-digest.mjs';
import { hasDisplay } from './window.mjs';

describe('Node', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('%s is new enough', (version) => {
    expect(isNodeNewEnough(version)).toBe(true);
  });
  it.each(['18.20.4', '20.18.3', '16.0.0', ''])('%j is too old', (version) => {
    expect(isNodeNewEnough(version)).toBe(false);
  });
});

describe('npm packages', () => {
  const lock = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
      'node_modules/b-win32': { version: '2.0.0', integrity: 'sha512-b', optional: true },
    },
  };
  const a = { version: '1.0.0', integrity: 'sha512-a' };

  it('are there when everything but packages for other platforms is installed', () => {
    expect(isInstalled(lock, { packages: { 'node_modules/a': a } })).toBe(true);
  });
  it.each([
    ['one is missing', {}],
    ['one has another version', { 'node_modules/a': { ...a, version: '1.0.1' } }],
    ['one has other content', { 'node_modules/a': { ...a, integrity: 'sha512-x' } }],
    ['one is left over', { 'node_modules/a': a, 'node_modules/old': a }],
  ])('are installed again when %s', (_reason, packages) => {
    expect(isInstalled(lock, { packages })).toBe(false);
  });
});

describe('the build', () => {
  it.each(['shared/errors.ts', 'renderer/base.css', 'electron/cli/siteforge.ts', 'package.json'])(
    'reads %s',
    (path) => {
      expect(isBuildInput(path)).toBe(true);
    },
  );
  it.each([
    'shared/a.test.ts',
    'shared/render/golden/a.yaml',
    'electron/setup/test.mjs',
    'electron/README.md',
  ])('does not read %s', (path) => expect(isBuildInput(path)).toBe(false));
});

describe('the container engine', () => {
  it('is looked for only where DOCKER_HOST says, when it is set', () => {
    const environment = { DOCKER_HOST: 'tcp://127.0.0.1:2375' };
    expect(engineHosts({ environment, platform: 'linux', home: '/home/a' })).toEqual([
      'tcp://127.0.0.1:2375',
    ]);
  });
  it("is looked for at Docker's socket first, then at the account's own and Podman's", () => {
    const hosts = engineHosts({ environment: {}, platform: 'linux', home: '/home/a', uid: 1000 });
    expect(hosts[0]).toBe('unix:///var/run/docker.sock');
    expect(hosts).toContain('unix:///run/user/1000/podman/podman.sock');
    expect(hosts).toContain('unix:///run/podman/podman.sock');
  });
  it('is asked over its socket or its port, and not at all over ssh', () => {
    expect(pingTarget('unix:///var/run/docker.sock')).toEqual({ socketPath: '/var/run/docker.sock' });
    expect(pingTarget('tcp://[::1]')).toEqual({ hostname: '::1', port: 2375 });
    expect(pingTarget('ssh://engineer@builder')).toBeUndefined();
  });
  it('gets its commands through the group with every word kept whole', async () => {
    const [, , , script = ''] = throughGroup(['printf', '%s|', "it's", 'a b', '$HOME', '']);
    const { stdout } = await runCommand(['sh', '-c', script]);
    expect(stdout).toBe("it's|a b|$HOME||");
  });
});

describe('commands', () => {
  it('get their variables through sudo, which drops the environment', () => {
    expect(asRoot({ prefix: ['sudo', '-n'], asks: false }, ['apt-get'], { A: 'b' })).toEqual([
      ...['sudo', '-n', 'env', 'A=b', 'apt-get'],
    ]);
  });
  it('that do not exist end with status 127', async () => {
    expect(await runCommand(['siteforge-no-such-program'])).toMatchObject({ status: 127 });
  });
  it('are ended with all that they started when the time is up', async () => {
    const start = performance.now();
    const result = await runCommand(['sh', '-c', 'sleep 30 & wait'], { limitMs: 200 });
    expect(result.status).toBe(124);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('the Electron runtime', () => {
  it.each([
    ['Cypress/Cypress', 'electron'],
    ['Cypress/locales/de.pak', 'locales/de.pak'],
  ])('takes %s', (name, path) => expect(runtimePath(name)).toBe(path));
  it.each([
    'Cypress/resources/app/index.js',
    'Cypress/browser_v8_context_snapshot.bin',
    'Cypress/locales/',
    'Cypress/../escape',
    'Cypress//etc/passwd',
    'elsewhere/electron',
  ])('leaves %s out', (name) => expect(runtimePath(name)).toBeUndefined());
});

describe('what the person reads', () => {
  it.each([
    [400, '0.4 s'],
    [9940, '9.9 s'],
    [12_400, '12 s'],
    [59_600, '1 min 00 s'],
    [185_000, '3 min 05 s'],
  ])('%d ms is %s', (milliseconds, text) => expect(duration(milliseconds)).toBe(text));
  it('says whether something was done', () => {
    expect(outcomeText({ state: 'done', note: 'Electron 33' }, 3200)).toBe('done in 3.2 s (Electron 33)');
    expect(outcomeText({ state: 'already there' }, 12)).toBe('already there');
  });
  it('ends with the last lines of a long output, without colours and overwritten progress', () => {
    expect(lastLines('one\n\n10 %\r50 %\r100 %\n\u001b[31mbad\u001b[0m\n', 2)).toBe('100 %\nbad');
  });
});

describe('options', () => {
  const steps = ['packages', 'build'];
  it('name steps once or several times', () => {
    expect(parseOptions(['--only', 'build', '--only=packages', '--no-open'], steps)).toEqual({
      ...{ open: false, only: ['build', 'packages'], help: false },
    });
  });
  it.each([[['--only']], [['--only', 'nothing']], [['--quick']], [['build']]])('refuses %j', (args) => {
    expect(typeof parseOptions(args, steps)).toBe('string');
  });
});

describe('places', () => {
  it('ignores a cache folder that is not absolute, as the specification says', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/var/cache/me' })).toBe('/var/cache/me/siteforge');
    expect(cacheFolder({ XDG_CACHE_HOME: 'cache' })).toMatch(/\/\.cache\/siteforge$/);
  });
  it('has a display on desktops, and where a variable names one', () => {
    expect(hasDisplay({}, 'linux')).toBe(false);
    expect(hasDisplay({ DISPLAY: '' }, 'linux')).toBe(false);
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
    expect(hasDisplay({}, 'darwin')).toBe(true);
  });
});
