import { expect, test } from 'vitest';
import { analyse } from '../assist/fixes/fixes.test-support.ts';
import { fixesAt } from '../assist/fixes/fixes.ts';
import { noSiteNames } from '../assist/site-names.ts';
import { userData } from './testing/edge-site.ts';

const commands = (lines: readonly string[]) =>
  userData(`ssh_pwauth: false\nruncmd:\n${lines.map((line) => `  - ${line}\n`).join('')}`);

/** For each note: whether it says why no fix moves it, and whether one is offered. */
function answers(texts: ReturnType<typeof commands>) {
  const analysis = analyse(texts);
  return analysis.diagnostics.map(({ message, file, range }) => ({
    reason: /then be told of: “(.*)”\.$/.exec(message)?.[1],
    isOffered: fixesAt({ analysis, site: noSiteNames, chosenHost: undefined }, file, range).length > 0,
  }));
}

const numbered = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n));

test('each of many moves with the same mistake has its reason', () => {
  const found = answers(commands(numbered(60, (n) => `apt-get install -y kdump-tools p${n}`)));
  expect(found).toHaveLength(60);
  for (const { reason, isOffered } of found) {
    expect(reason).toMatch(/^Nothing sets memory aside/);
    expect(isOffered).toBe(false);
  }
});

test('each of many moves has its fix or its reason, with mistakes that differ among them', () => {
  const lineOf = (n: number) =>
    n % 7 === 3 ? `sysctl -w kernel.pid_max=${90_000_000 + n}` : `modprobe m${n}`;
  const found = answers(commands(numbered(120, lineOf)));
  for (const [n, { reason, isOffered }] of found.entries()) {
    if (n % 7 === 3) expect(reason).toContain(`refuses ${90_000_000 + n}`);
    expect(isOffered).toBe(n % 7 !== 3);
  }
});

test('a mistake that a later command sets right has its reason, and the later one its fix', () => {
  const found = answers(commands(['sysctl -w kernel.pid_max=90000000', 'sysctl -w kernel.pid_max=4000000']));
  expect(found).toEqual([
    { reason: expect.stringContaining('refuses 90000000'), isOffered: false },
    { reason: undefined, isOffered: true },
  ]);
});

test('moves that only contradict each other each have their fix', () => {
  const found = answers(commands(['systemctl enable lldpd u1', 'systemctl mask u1', 'modprobe overlay']));
  for (const each of found) expect(each).toEqual({ reason: undefined, isOffered: true });
  expect(found).toHaveLength(3);
});

test('each of many moves to site.yaml has its reason', () => {
  const texts = commands(numbered(40, (n) => `update-locale a${n}`));
  expect(answers(texts).map(({ reason }) => reason?.slice(0, 10))).toEqual(numbered(40, () => 'A locale i'));
});
