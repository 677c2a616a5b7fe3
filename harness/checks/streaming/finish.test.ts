import { describe, expect, test } from 'vitest';
import { closed, type History, history, lower, upper, whole } from '../../testing/generators/history-builder.ts';
import { finish } from './finish.ts';
import { followEvent } from './follow-lines.ts';
import { StreamingRun } from './streaming-run.ts';

/** All lines were read. */
const finished = ({ lines }: History): StreamingRun => {
  const run = new StreamingRun();
  for (const [index, line] of lines.entries()) followEvent(run, line, index + 1);
  finish(run);
  return run;
};
const single = ({ spills }: StreamingRun): unknown =>
  [...spills.single()].map(([flow, numbers]) => [flow, [...numbers]]);

describe('what is not read at the end', () => {
  test('is set aside by itself', () => {
    const made = history().put('a', 0).ok(10).put('a', 1).ok(20).put('a', 2).ok(30);
    const run = finished(
      made.page([
        [10, 'a', 0],
        [20, 'a', 1],
      ]),
    );
    expect(single(run)).toEqual([[0, [2]]]);
    expect(run.spills.why).toBe('a record that was not read');
  });

  test('takes its key with it where that goes on in another shard', () => {
    const made = history()
      .put('a', 0)
      .ok(10)
      .topology([closed(whole[0], '20'), lower(1, [0], ['30', null]), upper(2, [0], ['30', null])]);
    const run = finished(
      made
        .put('a', 1, { shard: 1 })
        .ok(40)
        .put('a', 2, { shard: 1 })
        .ok(50)
        .page([[10, 'a', 0]]),
    );
    expect([single(run), run.spills.hasKeyOf(0)]).toEqual([[], true]);
  });

  test('stays owed for as long as the retention', () => {
    const run = (micros: number): StreamingRun => {
      const made = history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([[10, 'a', 0]]);
      return finished(made.wait(micros - made.now - 10).end());
    };
    const day = 24 * 3_600_000_000;
    expect(run(day - 1).spills.why).toBe('a record that was not read');
    expect(run(day).spills.all).toContain('longer than the retention');
  });
});

test('what was passed over is set aside beside the last that was read of its flow', () => {
  const made = history().put('a', 0).ok(10).put('b', 0).ok(20).put('a', 1).ok(30).put('a', 2).ok(40);
  const run = finished(
    made.page([
      [10, 'a', 0],
      [30, 'a', 1],
      [40, 'a', 2],
    ]),
  );
  expect(run.spills.why).toBe('a record that was passed over');
  expect(run.spills.holds(1, 0)).toBe(true);
});
