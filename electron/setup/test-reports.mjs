/**
 * What a test runner counted.
 * @typedef {{passed: number, failed: number}} Counts
 */

/**
 * @param {unknown} value
 * @returns {number}
 */
const count = (value) => (typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0);

/**
 * Vitest's JSON report. A file that cannot even be loaded has no failed test, but fails the run: it counts as one.
 *
 * @param {string} text
 * @returns {Counts}
 */
export function parseVitestReport(text) {
  const report = JSON.parse(text);
  const failed = count(report.numFailedTests);
  return {
    passed: count(report.numPassedTests),
    failed: report.success === false ? Math.max(1, failed) : failed,
  };
}

/**
 * Playwright's JSON report. A test that passed only on a second try is a failure here: nothing else would ever make
 * anybody look at it. An error outside of all tests counts as one.
 *
 * @param {string} text
 * @returns {Counts}
 */
export function parsePlaywrightReport(text) {
  const { stats = {}, errors = [] } = JSON.parse(text);
  const failed = count(stats.unexpected) + count(stats.flaky);
  return { passed: count(stats.expected), failed: errors.length > 0 ? Math.max(1, failed) : failed };
}

/**
 * What Python's unittest prints at its end: `Ran 12 tests in 0.1s`, then `OK (skipped=1)` or
 * `FAILED (failures=1, errors=2, unexpected successes=1)`.
 *
 * @param {string} output
 * @returns {Counts}
 */
export function parseUnittestOutput(output) {
  const ran = Number(/^Ran (\d+) tests? in /m.exec(output)?.[1] ?? 0);
  const detail = /^(?:OK|FAILED) \((.*)\)\s*$/m.exec(output)?.[1] ?? '';
  /** @param {string} what */
  const of = (what) => Number(new RegExp(`(?:^|, )${what}=(\\d+)`).exec(detail)?.[1] ?? 0);
  const failed = of('failures') + of('errors') + of('unexpected successes');
  return { passed: Math.max(0, ran - failed - of('skipped')), failed };
}

/**
 * @param {readonly Counts[]} all
 * @returns {Counts}
 */
export function sumOf(all) {
  return {
    passed: all.reduce((sum, one) => sum + one.passed, 0),
    failed: all.reduce((sum, one) => sum + one.failed, 0),
  };
}

/**
 * The last line of a test run, which programs read.
 *
 * @param {Counts} counts
 * @returns {string}
 */
export const closingLine = ({ passed, failed }) => `${passed} passed, ${failed} failed`;
