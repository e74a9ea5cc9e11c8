import { defineConfig } from '@playwright/test';

// One window at a time: every journey is the only user of its display, which has one focus and one clipboard.
export default defineConfig({
  testDir: '.',
  testMatch: '*.journey.ts',
  outputDir: '../dist/e2e',
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
});
