import { describe, expect, test } from 'vitest';
import type { Clock } from '../lib/clock.ts';
import type { SubjectLine } from '../tap/subject-line.ts';
import { Progress } from './progress.ts';
import { untilHandled } from './until-handled.ts';

const shard = 's';
const stream = {
  sentinels: new Map([[shard, '9']]),
  shards: [{ shard, range: ['0', '1'], parents: [], seq: ['1', null] }] as const,
  highest: () => '8',
};
const deliver = (seq: string): SubjectLine => ({ type: 'deliver', hand: { shard }, records: [{ seq }] });

/** A clock that stands until somebody sleeps; `at`: what happens at which millisecond. */
const waited = async (at: Readonly<Record<number, (progress: Progress) => void>>, more: object = {}) => {
  const progress = new Progress();
  let ms = 0;
  const events = Object.entries(at).map(([key, work]) => [Number(key), work] as const);
  const clock: Clock = {
    now: () => ms * 1000,
    wallMs: () => ms,
    sleep: async (forMs, signal) => {
      const until = ms + forMs;
      while (events[0] !== undefined && events[0][0] <= until) {
        const [when, work] = events.shift() as (typeof events)[number];
        ms = when;
        work(progress);
        if (signal?.aborted === true) return;
      }
      ms = until;
    },
  };
  const options = { name: 'app', progress, stream, doneMs: 1000, clock, signal: new AbortController().signal };
  const never = { isOver: () => false, isFailed: () => false, isPaused: () => false };
  const why = await untilHandled({ ...options, ...never, ...more });
  return [why, ms];
};

test('the wait ends at once when the sentinel was delivered', async () => {
  expect(await waited({ 100: (progress) => progress.heard(deliver('9'), [], 100_000) })).toEqual([undefined, 100]);
});

test('an application that is idle has half of its time', async () => {
  expect(await waited({ 100: (progress) => progress.heard(deliver('3'), [], 100_000) })).toEqual([undefined, 600]);
});

test('an application that has read nothing has all of its time', async () => {
  expect(await waited({ 100: (progress) => progress.seen() })).toEqual([undefined, 1000]);
});

test('a restarted application that has not read yet has all of its time', async () => {
  const killed = (progress: Progress): void => {
    progress.heard(deliver('3'), [], 100_000);
    progress.restarted(110_000);
  };
  expect(await waited({ 100: killed })).toEqual([undefined, 1000]);
  const reads = (progress: Progress): void => progress.fetched({ records: [] } as never, 700_000);
  const handles = (progress: Progress): void => progress.heard(deliver('9'), [], 900_000);
  expect(await waited({ 100: killed, 700: reads, 900: handles })).toEqual([undefined, 900]);
});

test('an application that never called or printed is unknown, after all of its time', async () => {
  expect(await waited({})).toEqual(['app made no call and wrote no line within 1000 ms (doneMs)', 1000]);
});

test('an application that still handles records at the deadline is unknown', async () => {
  const work = (ms: number) => (progress: Progress) => progress.heard(deliver('3'), [], ms * 1000);
  const [why, ms] = await waited({ 300: work(300), 700: work(700) });
  expect(why).toBe(
    'app was still at work 1000 ms after the end of the load (doneMs), and had not handled everything in s',
  );
  expect(ms).toBe(1000);
});

test('the wait ends when the application exits or fails; a paused one is reported', async () => {
  expect(await waited({}, { isOver: () => true })).toEqual([undefined, 0]);
  expect(await waited({}, { isFailed: () => true })).toEqual(['app failed before it had handled everything', 0]);
  const seen = { 0: (progress: Progress) => progress.seen() };
  expect((await waited(seen, { isPaused: () => true }))[0]).toMatch(/app was paused 1000 ms/);
});

test('if the application reports done records, the sentinel must be done', async () => {
  const done: SubjectLine = { type: 'done', hand: { shard }, seq: '1' };
  const told = (progress: Progress): void => {
    progress.heard(done, [{ seq: '1' }], 50_000);
    progress.heard(deliver('9'), [], 50_000);
  };
  const last = (progress: Progress): void => progress.heard({ ...done, seq: '9' }, [{ seq: '9' }], 80_000);
  expect(await waited({ 50: told, 80: last })).toEqual([undefined, 80]);
});

describe('an application subscribed to a shard whose end the engine never reported', () => {
  const closed = { shard: 'parent', range: ['0', '1'], parents: [], seq: ['1', '5'] } as const;
  const child = { shard: 'child', range: ['0', '1'], parents: ['parent'], seq: ['6', null] } as const;
  const other = { shard: 'other', range: ['0', '1'], parents: [], seq: ['1', null] } as const;
  const sealed = { sentinels: new Map(), shards: [closed, child, other], highest: () => '8' };
  const page = { type: 'page', reader: 'app fetch', chain: 1, shard: 'parent' } as const;
  const event = { ...page, records: [{ seq: '4' }], continuation: '4' };
  const subscribed = (progress: Progress): void => {
    progress.fetched(event as never, 100_000);
    progress.heard({ ...deliver('8'), hand: { shard: 'other' } }, [], 100_000);
  };
  const more = { stream: sealed };
  const untold = 'app is subscribed to parent: the engine closed it and never reported its end to the subscription';

  test('is unknown, not late, in that shard and its descendants', async () => {
    expect(await waited({ 100: subscribed }, more)).toEqual([untold, 600]);
  });

  test('is late if the engine reported the end', async () => {
    const told = (progress: Progress): void => progress.fetched({ ...page, more: false }, 200_000);
    expect(await waited({ 100: subscribed, 200: told }, more)).toEqual([undefined, 600]);
  });

  test('is late if its subscription ended and it made no new one', async () => {
    const over = (progress: Progress): void => progress.unsubscribed(page);
    expect(await waited({ 100: subscribed, 200: over }, more)).toEqual([undefined, 600]);
  });

  test('is unknown if one of two subscriptions is still open', async () => {
    const again = (progress: Progress): void => {
      progress.fetched({ ...event, chain: 2 } as never, 100_000);
      progress.unsubscribed(page);
    };
    expect(await waited({ 100: subscribed, 110: again }, more)).toEqual([untold, 600]);
  });

  test('is late if records are missing in another shard', async () => {
    const alone = (progress: Progress): void => progress.fetched(event as never, 100_000);
    expect(await waited({ 100: alone }, more)).toEqual([undefined, 600]);
  });
});
