import { describe, expect, it } from 'vitest';
import {
  closingLine,
  parsePlaywrightReport,
  parseUnittestOutput,
  parseVitestReport,
  sumOf,
} from './test-reports.mjs';

describe('reports', () => {
  it('of Vitest are counted', () => {
    const text = JSON.stringify({ success: true, numPassedTests: 12, numFailedTests: 0, numPendingTests: 3 });
    expect(parseVitestReport(text)).toEqual({ passed: 12, failed: 0 });
  });
  it('of Vitest with a file that cannot be loaded count a failure', () => {
    const text = JSON.stringify({
      success: false,
      numPassedTests: 12,
      numFailedTests: 0,
      numFailedTestSuites: 1,
    });
    expect(parseVitestReport(text)).toEqual({ passed: 12, failed: 1 });
  });
  it('of Playwright count flaky tests as failures', () => {
    const text = JSON.stringify({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }, errors: [] });
    expect(parsePlaywrightReport(text)).toEqual({ passed: 5, failed: 2 });
  });
  it('of Playwright count an error outside of tests', () => {
    expect(parsePlaywrightReport('{"stats":{"expected":0},"errors":[{"message":"no config"}]}')).toEqual({
      ...{ passed: 0, failed: 1 },
    });
  });
  it.each([
    ['Ran 12 tests in 0.1s\n\nOK\n', { passed: 12, failed: 0 }],
    ['Ran 1 test in 0.1s\n\nOK (skipped=1)\n', { passed: 0, failed: 0 }],
    ['Ran 9 tests in 2s\n\nFAILED (failures=1, errors=2, skipped=1)\n', { passed: 5, failed: 3 }],
    ['Ran 2 tests in 2s\n\nFAILED (unexpected successes=1)\n', { passed: 1, failed: 1 }],
    ['ImportError: nothing ran\n', { passed: 0, failed: 0 }],
  ])('of unittest are counted: %j', (text, counts) => expect(parseUnittestOutput(text)).toEqual(counts));
  it('are summed into the closing line', () => {
    const sum = sumOf([
      { passed: 2, failed: 0 },
      { passed: 3, failed: 1 },
    ]);
    expect(closingLine(sum)).toBe('5 passed, 1 failed');
  });
});
