import { describe, expect, it } from 'vitest';
import { type JobEvent, newJob, reduceJob } from '#shared/job.ts';
import { byteSize, clock, duration } from './job-words.ts';
import { layoutTimeline } from './timeline-layout.ts';

function job(events: JobEvent[]) {
  return events.reduce(reduceJob, newJob({ id: 'j', number: 1, site: 's', image: 'live', createdAt: 0 }));
}

const step = (id: string, at: number, state: 'started' | 'finished' | 'cached'): JobEvent => ({
  type: 'step',
  id,
  title: id,
  at,
  state,
});

describe('the timeline', () => {
  const events: JobEvent[] = [
    { type: 'state', at: 1000, state: 'building' },
    step('compose', 1000, 'started'),
    step('compose', 61_000, 'finished'),
    step('iso', 61_000, 'started'),
  ];

  it('places each step at the time it ran', () => {
    const finished = job([
      ...events,
      step('iso', 101_000, 'finished'),
      { type: 'state', at: 101_000, state: 'succeeded' },
    ]);
    const { bars, span } = layoutTimeline(finished, 999_000);
    expect(span).toBe(100_000);
    expect(bars.map(({ start, length }) => [start, length])).toEqual([
      [0, 0.6],
      [0.6, 0.4],
    ]);
  });

  it('lets the running step grow with the clock', () => {
    const { bars } = layoutTimeline(job(events), 81_000);
    expect(bars[1]).toMatchObject({ start: 0.75, length: 0.25, milliseconds: 20_000 });
  });

  it('stays inside its bounds when the clock was set back', () => {
    const { bars, span } = layoutTimeline(job(events), 0);
    expect(span).toBeGreaterThan(0);
    for (const { start, length } of bars) {
      expect(start).toBeGreaterThanOrEqual(0);
      expect(start + length).toBeLessThanOrEqual(1);
    }
  });

  it('draws at most eight ticks for any length', () => {
    for (const length of [900, 9000, 60_000, 754_000, 7_200_000, 90_000_000]) {
      const long = job([{ type: 'state', at: 0, state: 'building' }, step('a', 0, 'started')]);
      expect(layoutTimeline(long, length).ticks.length).toBeLessThanOrEqual(8);
    }
  });
});

describe('figures', () => {
  it('are written as people read them', () => {
    expect(clock(3_729_000)).toBe('1:02:09');
    expect(clock(41_000)).toBe('0:41');
    expect(duration(312)).toBe('312 ms');
    expect(duration(1234)).toBe('1.2 s');
    expect(byteSize(242_221_056)).toBe('231 MiB');
    expect(byteSize(900)).toBe('900 B');
    expect(byteSize(1536)).toBe('1.5 KiB');
  });
});
