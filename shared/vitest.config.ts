import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const engine = '**/*.engine.test.ts';
const boot = '**/*.boot.test.ts';

// As the bundles have it: cloud-init's own schema out of Debian's package.
const step = fileURLToPath(new URL('../electron/setup/cloud-init-schema.mjs', import.meta.url));
const answer = execFileSync(process.execPath, [step], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
});
const found = JSON.parse(answer) as { readonly file: string; readonly package?: string } | null;
// Copied for each project: vitest takes the keys out of the object that it is given.
const define = {
  CLOUD_INIT_SCHEMA: found === null ? 'undefined' : JSON.stringify(readFileSync(found.file, 'utf8')),
};
const env = { SITEFORGE_CLOUD_INIT_PACKAGE: found?.package ?? '' };

// One runner, three projects: `unit` needs nothing but Node, `engine` a container engine, `boot` QEMU.
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    projects: [
      {
        root: new URL('..', import.meta.url).pathname,
        define: { ...define },
        test: {
          env,
          name: 'unit',
          // All processors, and each module loaded once by each: 65 s where one worker and a process for each file take
          // 224 s (two processors). So no file may rely on a module that nobody used, nor leave a stub behind.
          maxWorkers: '100%',
          isolate: false,
          restoreMocks: true,
          unstubEnvs: true,
          unstubGlobals: true,
          // Properties and large sites take seconds on a busy machine; nothing here measures time.
          testTimeout: 60_000,
          include: ['{shared,electron,renderer}/**/*.test.{ts,tsx,mjs}'],
          exclude: [engine, boot, '**/node_modules/**', 'dist/**'],
          setupFiles: ['shared/property-seed.test-support.ts', 'shared/worst-patterns.test-support.ts'],
        },
      },
      {
        root: new URL('..', import.meta.url).pathname,
        define: { ...define },
        test: {
          env,
          name: 'engine',
          include: [`{shared,electron}/${engine}`],
          testTimeout: 900_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
      {
        root: new URL('..', import.meta.url).pathname,
        define: { ...define },
        test: {
          env,
          name: 'boot',
          maxConcurrency: 2,
          include: [`{shared,electron}/${boot}`],
          testTimeout: 900_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
