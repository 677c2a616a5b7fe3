import { describe, expect, test } from 'vitest';
import { checkHistory, type HistoryLine } from '../judging/check-history.ts';
import { seededRandom } from '../lib/random.ts';
import type { Detection } from '../model/detection.ts';
import { history, lower, shard, upper } from '../testing/generators/history-builder.ts';
import { type Kinds, measuredHistory } from '../testing/generators/measured-history.ts';
import { inOrder } from '../testing/generators/two-records.ts';
import { Chronicle } from './chronicle.ts';
import { misroute } from './kinds/misroute.ts';
import { swap } from './kinds/swap.ts';
import { measureDetection } from './measure.ts';
import { mutators } from './registry.ts';

const everything = { budget: Number.POSITIVE_INFINITY };

const measured = async (lines: readonly HistoryLine[], budget = everything.budget): Promise<Detection> => {
  const { verdict, claims } = await checkHistory(lines);
  const wrong = claims.filter((claim) => claim.verdict === 'violated' || claim.verdict === 'unknown');
  expect(wrong.map(({ anomaly, why }) => `${anomaly}: ${why}`)).toEqual([]);
  expect(verdict).toBe('holds');
  return measureDetection(lines, { budget });
};

const of = (detection: Detection, kind: string): Detection['kinds'][number] => {
  const [found] = detection.kinds.filter((one) => one.kind === kind);
  if (found === undefined) throw new Error(`no ${kind}`);
  return found;
};

const made = (kinds: Kinds): Promise<Detection> => measured(measuredHistory(kinds));

describe('how surely a mistake would have been found', () => {
  test('each kind always, where everything is read and each put waits for the one before it', async () => {
    const detection = await made({ hasSubject: true });
    expect(detection).toMatchObject({ seed: '7', records: 12, blind: ['order across keys'] });
    expect(detection.kinds.map(({ kind, tried, detected }) => [kind, tried, detected])).toEqual([
      ['lose', 12, 12],
      ['double', 12, 12],
      // Five pairs of `b`; of `a` two before the split and two behind it.
      ['swap', 9, 9],
      ['delay', 6, 6],
      ['corrupt', 12, 12],
      ['misroute', 12, 12],
      ['drop', 12, 12],
      // In the other child there is nothing.
      ['skip', 1, 1],
    ]);
    expect(of(detection, 'lose').interval[0]).toBeCloseTo(0.757, 2);
  });

  test('order never, where each key has one record', async () => {
    const detection = await made({ recordsPerKey: 1 });
    expect([of(detection, 'swap'), of(detection, 'delay')]).toMatchObject([
      { places: 0, tried: 0, interval: [0, 1] },
      { places: 0, tried: 0, interval: [0, 1] },
    ]);
    expect(detection.blind).toContain('order in a key (each has one record)');
    expect(of(detection, 'lose')).toMatchObject({ tried: 2, detected: 2 });
  });

  test('order is seen and allowed, where records of a key go out in one call', async () => {
    const swap = of(await made({ isBatched: true }), 'swap');
    expect(swap).toMatchObject({ detected: 0, allowed: swap.tried });
    expect(swap.tried).toBeGreaterThan(5);
  });

  test('a loss only in those shards that a final reader went through', async () => {
    const detection = await made({ isFinalIncomplete: true });
    // Six records of `a`; those of `b` were read while the load ran, and nobody goes past them.
    expect(of(detection, 'lose')).toMatchObject({ tried: 12, detected: 6, allowed: 0 });
    expect(detection.blind).toContain('losses in 1 of 3 shards (no final reader read them)');
  });

  test('nothing of a consumer, where none is under test', async () => {
    const detection = await made({});
    expect([of(detection, 'drop').places, of(detection, 'skip').places]).toEqual([0, 0]);
    expect(detection.blind).toContain('what a consumer does (none is under test)');
  });

  test('a small budget is shared by all kinds, and gives the same again', async () => {
    const few = await measured(measuredHistory({ hasSubject: true }), 2500);
    const tried = few.kinds.map((kind) => kind.tried);
    expect(Math.min(...tried)).toBeGreaterThan(0);
    expect(Math.max(...tried)).toBeLessThan(6);
    expect(await measured(measuredHistory({ hasSubject: true }), 2500)).toEqual(few);
  });

  test('expectations of the caller count', async () => {
    const lines = measuredHistory();
    const detection = await measureDetection(lines, {
      ...everything,
      expect: { allow: ['lost-write'] },
      skip: ['corruption'],
    });
    expect(of(detection, 'lose')).toMatchObject({ tried: 12, detected: 0, allowed: 12 });
    expect(of(detection, 'corrupt')).toMatchObject({ tried: 12, detected: 0, allowed: 0 });
  });

  test('what is the wrong way round already is no place for a swap: it would be put right', () => {
    const spotsIn = (lines: readonly HistoryLine[]): number => swap.spots(new Chronicle(lines)).length;
    expect(spotsIn(inOrder().end().lines)).toBe(1);
    expect(
      spotsIn(
        history()
          .put('a', 0)
          .ok(20)
          .put('a', 1)
          .ok(10)
          .page([
            [10, 'a', 1],
            [20, 'a', 0],
          ])
          .end().lines,
      ),
    ).toBe(0);
  });

  test('a record is never misrouted to where its key leads', () => {
    // While the parent is split, its record may be stored in a child already: the parent is no wrong place for it.
    const built = history({}, [lower(0), upper(1)])
      .put('a', 0, { shard: 2 })
      .ok(30)
      .page([[30, 'a', 0]], { shard: 2 });
    const [spot] = misroute.spots(new Chronicle(built.end().lines));
    const edit = spot && misroute.mutate(new Chronicle(built.lines), spot, seededRandom('1'));
    expect(edit?.lines().flatMap((line) => (line.type === 'ack' ? line.results : []))).toMatchObject([
      { shard: shard(1) },
    ]);
  });

  test('kinds have names of their own', () => {
    expect(new Set(mutators.map(({ kind }) => kind)).size).toBe(mutators.length);
  });
});
