import { describe, expect, test } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import type { Finding } from '../../model/verdict.ts';
import { asked } from '../../testing/cases/contract/topology-cases.ts';
import { type History, history, shard } from '../../testing/generators/history-builder.ts';

const nearTo = async (made: History, anomaly: string): Promise<Finding['near'] | undefined> =>
  (await checkHistory(made.end().lines)).findings.find((finding) => finding.anomaly === anomaly)?.near;
const fired = (made: History, op?: number): History =>
  made.event({ type: 'fault', fault: 'throttle', phase: 'fired', ...(op === undefined ? {} : { op }) } as never);
const many = (made: History, count: number, more: (made: History, index: number) => unknown): History => {
  for (let index = 0; index < count; index += 1) more(made, index);
  return made;
};
/** #0 is lost between its put and #1. */
const lost = (between: (made: History) => unknown): History => {
  const made = history().put('b', 0).ok(5);
  const put = made.put('a', 0);
  between(made);
  return put
    .ok(10)
    .put('a', 1)
    .ok(20)
    .page([
      [5, 'b', 0],
      [20, 'a', 1],
    ]);
};

describe('what happened near a finding', () => {
  test('are the faults that fired meanwhile, or on its own calls', async () => {
    expect(
      await nearTo(
        lost((made) => fired(made)),
        'lost-write',
      ),
    ).toMatchObject({ faults: [7] });
    expect(
      await nearTo(
        lost((made) => fired(made, 1)),
        'lost-write',
      ),
    ).toMatchObject({ faults: [] });
    expect(
      await nearTo(
        lost((made) => fired(made, 2)),
        'lost-write',
      ),
    ).toMatchObject({ faults: [7] });
    expect(
      await nearTo(
        lost((made) => fired(made, 99)),
        'lost-write',
      ),
    ).toMatchObject({ faults: [] });
    const later = lost(() => undefined);
    expect(await nearTo(fired(fired(later, 2)), 'lost-write')).toMatchObject({ faults: [11] });
  });

  test('are twenty at most', async () => {
    const faults = await nearTo(
      lost((made) => many(made, 25, (one) => fired(one))),
      'lost-write',
    );
    expect(faults?.faults).toEqual(Array.from({ length: 20 }, (_, index) => 7 + index));
    const reshards = await nearTo(
      lost((made) => many(made, 25, (one, id) => asked(one, id))),
      'lost-write',
    );
    expect(reshards?.reshards).toEqual(Array.from({ length: 20 }, (_, index) => index));
    const made = history().put('a', 0).info();
    many(made, 25, (one) => one.put('a', 0).info());
    const retries = await nearTo(
      made
        .put('a', 1)
        .ok(20)
        .put('a', 2)
        .ok(30)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
          [25, 'a', 0],
          [30, 'a', 2],
        ]),
      'duplicate',
    );
    expect(retries?.retries).toEqual(Array.from({ length: 20 }, (_, index) => 2 + index));
  });

  test('of what no put tells the time, the reshards of its shards and of their parents', async () => {
    const made = asked(history(), 7).page([], { more: false });
    expect(await nearTo(made, 'premature-shard-end')).toEqual(undefined);
    const topology = history({}, [])
      .put('a', 0)
      .ok(10)
      .topology([{ shard: shard(0), range: ['0', '5'], parents: [], seq: ['1', null] }]);
    expect(await nearTo(asked(topology, 3), 'hash-hole')).toEqual({ faults: [], reshards: [3], retries: [] });
  });
});
