import { describe, expect, it } from 'vitest';
import { firstFrom, keptLines, partsOf, type SearchProgress, searchThrough } from './log-search.ts';

async function run(
  portions: { lines: number[]; next: number | null }[],
  abortAfter = Number.POSITIVE_INFINITY,
) {
  const told: SearchProgress[] = [];
  const asked: number[] = [];
  const controller = new AbortController();
  const ask = async (from: number) => {
    asked.push(from);
    if (asked.length > abortAfter) controller.abort();
    const portion = portions[asked.length - 1];
    return portion === undefined ? undefined : { ...portion, total: 900 };
  };
  await searchThrough(ask, 0, controller.signal, (progress) => told.push(progress));
  return { told, asked };
}

describe('a search through a log', () => {
  it('goes on until the end and tells how far it is', async () => {
    const { told, asked } = await run([
      { lines: [3], next: 400 },
      { lines: [], next: 700 },
      { lines: [800], next: null },
    ]);
    expect(asked).toEqual([0, 400, 700]);
    expect(told.map(({ searched }) => searched)).toEqual([400, 700, 900]);
    expect(told.at(-1)).toEqual({ lines: [3, 800], searched: 900, done: true });
  });

  it('ends without a word when nobody wants it any more', async () => {
    const { told, asked } = await run(
      [
        { lines: [3], next: 400 },
        { lines: [500], next: 600 },
      ],
      1,
    );
    expect([asked, told.length]).toEqual([[0, 400], 1]);
  });

  it('ends when a portion cannot be had', async () => {
    expect((await run([{ lines: [1], next: 2 }])).told).toHaveLength(1);
  });

  it('keeps no more than anybody steps through', async () => {
    const lines = Array.from({ length: keptLines + 5 }, (_, line) => line);
    const { told, asked } = await run([
      { lines, next: 400 },
      { lines: [], next: null },
    ]);
    expect([told[0]?.lines.length, told[0]?.done, asked]).toEqual([keptLines, true, [0]]);
  });
});

it('begins with the line in view and goes around', () => {
  expect([0, 5, 6, 9, 10].map((line) => firstFrom([5, 9], line))).toEqual([0, 0, 1, 1, 0]);
  expect(firstFrom([], 3)).toBe(-1);
});

describe('a line with what was found', () => {
  const marked = (line: string, wanted: string) =>
    partsOf(line, wanted)
      .map(({ text, hit }) => (hit ? `[${text}]` : text))
      .join('');

  it('marks every occurrence', () => {
    expect(marked('error: Error', 'error')).toBe('[error]: [Error]');
    expect(marked('aaa', 'aa')).toBe('[aa]a');
    expect(marked('none', 'x')).toBe('none');
  });

  it('takes capitals as they are typed', () => {
    expect(marked('error: Error', 'Error')).toBe('error: [Error]');
  });

  it('stays itself where lower case has another length', () => {
    expect(marked('İ error', 'error')).toBe('İ error');
  });
});
