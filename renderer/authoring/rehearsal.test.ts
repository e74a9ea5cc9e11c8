import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { completionsAt } from '#shared/assist/completions.ts';
import { hoverAt } from '#shared/assist/hover.ts';
import { exampleDocuments } from '../development/example-documents.ts';
import type { WorkerRequest, WorkerResponse } from './protocol.ts';

// The rehearsal runs where nobody sees it, and what breaks in it is passed over: only its traces tell that it is alive.
vi.mock('#shared/assist/completions.ts', { spy: true });
vi.mock('#shared/assist/hover.ts', { spy: true });

/** Twelve rounds in a network, a fragment and a host. */
const typed = 12 * 3;
const answers: WorkerResponse[] = [];
let send: (request: WorkerRequest) => void;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  answers.length = 0;
  vi.stubGlobal('postMessage', (answer: WorkerResponse) => answers.push(answer));
  await import('./worker.ts');
  const scope = globalThis as unknown as { onmessage(event: { data: WorkerRequest }): void };
  send = (data) => scope.onmessage({ data });
});

afterEach(() => {
  vi.clearAllMocks();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function open(documents: Record<string, string> = exampleDocuments(false, 5)): void {
  send({ type: 'open', sequence: 1, documents: Object.entries(documents), otherPaths: [] });
}

const rehearsed = () => [vi.mocked(completionsAt).mock.calls.length, vi.mocked(hoverAt).mock.calls.length];

test('what an engineer will type is rehearsed, once, when the site is open and nothing is asked', () => {
  open();
  vi.advanceTimersByTime(299);
  expect(rehearsed()).toEqual([0, 0]);
  vi.runAllTimers();
  expect(rehearsed()).toEqual([typed, typed]);
  send({ type: 'work', sequence: 2, changes: [], host: null });
  vi.runAllTimers();
  expect(rehearsed()).toEqual([typed, typed]);
});

test('completion and hover are rehearsed where they find something', () => {
  open();
  vi.runAllTimers();
  const found = vi.mocked(hoverAt).mock.results.filter(({ value }) => value !== undefined);
  expect(found.length).toBeGreaterThan(0);
  const sites = vi.mocked(completionsAt).mock.calls.map(([{ site }]) => site);
  expect(sites.every(({ networks, interfaces }) => networks.length > 0 && interfaces.length > 0)).toBe(true);
});

test('whoever asks goes first, and has the worker alone for 300 ms', () => {
  open();
  vi.advanceTimersByTime(310);
  const [before = 0] = rehearsed();
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(typed);
  send({ type: 'ask', id: 7, question: { about: 'secret-uses' } });
  expect(answers.at(-1)).toMatchObject({ type: 'answer', id: 7 });
  vi.advanceTimersByTime(299);
  expect(rehearsed()[0]).toBe(before);
  vi.runAllTimers();
  expect(rehearsed()[0]).toBe(typed);
});

test('the site of the engineer stays as it was: the rehearsal has a copy, with two hosts', () => {
  open();
  const hosts = answers.flatMap((answer) => (answer.type === 'update' ? answer.update.hosts : []));
  expect(hosts).toHaveLength(5);
  vi.runAllTimers();
  send({ type: 'work', sequence: 2, changes: [], host: hosts[4]?.name ?? '' });
  const [last] = answers.slice(-1);
  expect(last).toMatchObject({ type: 'update', update: { diagnostics: [], hosts: [] } });
  expect(last?.type === 'update' && last.update.rendered).toBeTruthy();
  const copy = vi.mocked(completionsAt).mock.calls[0]?.[0].site;
  expect(copy?.hosts).toEqual(hosts.slice(0, 2).map(({ name }) => name));
});

test('texts that nobody can read do not end the worker', () => {
  open({ 'networks/a.yaml': '\t: [', 'hosts/b.yaml': '{', 'user-data/c.yaml': '&a [*a, *b]' });
  vi.runAllTimers();
  expect(rehearsed()).toEqual([typed, typed]);
  expect(answers.filter(({ type }) => type === 'broken')).toEqual([]);
});
