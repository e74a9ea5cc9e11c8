import { defineConfig } from 'vitest/config';

const engine = '**/*.engine.test.ts';
const boot = '**/*.boot.test.ts';

// One runner, three projects: `unit` needs nothing but Node, `engine` a container engine, `boot` QEMU.
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    projects: [
      {
        root: new URL('..', import.meta.url).pathname,
        test: {
          name: 'unit',
          include: ['{shared,electron,renderer}/**/*.test.{ts,tsx,mjs}'],
          exclude: [engine, boot, '**/node_modules/**', 'dist/**'],
        },
      },
      {
        root: new URL('..', import.meta.url).pathname,
        test: {
          name: 'engine',
          include: [`{shared,electron}/${engine}`],
          testTimeout: 900_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
      {
        root: new URL('..', import.meta.url).pathname,
        test: {
          name: 'boot',
          include: [`{shared,electron}/${boot}`],
          testTimeout: 900_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
