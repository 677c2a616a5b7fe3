import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Batch, Policy, Queued } from './batch.ts';
import { emptyLane, type Lane, takeBatch } from './lane.ts';
import type { Outcome } from './read-answer.ts';
import { settleBatch } from './settle-batch.ts';

/** What a run of one lane left behind: each batch as it was sent, and what became of each record. */
type Run = {
  readonly sent: readonly (readonly string[])[];
  readonly done: readonly string[];
  readonly discarded: readonly string[];
};

const records = (count: number): readonly Queued[] =>
  Array.from({ length: count }, (_, i) => ({ seq: String(1000 + i), bytes: 1 }));

const policy = (over: Partial<Policy> = {}): Policy => ({
  batchSize: 10,
  retries: 2,
  bisect: false,
  partialBatchResponse: false,
  maxAgeMs: -1,
  ...over,
});

const callsMax = 5000;

/** The lane as the mapping drives it, without its clock: batch after batch until nothing is left. */
const drive = (count: number, given: Policy, handler: (batch: readonly string[], call: number) => Outcome): Run => {
  const [sent, done, discarded]: [string[][], string[], string[]] = [[], [], []];
  let lane: Lane<Queued> = { ...emptyLane, fresh: records(count) };
  for (let call = 0; call < callsMax; call += 1) {
    const taken = takeBatch(lane, given, 0);
    if (taken.batch === undefined) return { sent, done, discarded };
    const seqs = taken.batch.records.map(({ seq }) => seq);
    sent.push(seqs);
    const settled = settleBatch(taken.batch, handler(seqs, call), given);
    done.push(...settled.done.map(({ seq }) => seq));
    discarded.push(...settled.discarded.map(({ seq }) => seq));
    lane = { ...taken.lane, again: [...settled.again, ...taken.lane.again] };
  }
  throw new Error(`not over after ${callsMax} calls`);
};

const threw: Outcome = { ok: false, message: 'Error: no' };
const answered = (answer: unknown): Outcome => ({ ok: true, answer });
const failing = (...seqs: readonly string[]): Outcome =>
  answered({ batchItemFailures: seqs.map((itemIdentifier) => ({ itemIdentifier })) });
const all = (count: number): readonly string[] => records(count).map(({ seq }) => seq);

/** A handler that fails at these records, and at nothing else. */
const poisoned =
  (poison: ReadonlySet<string>, how: 'throws' | 'reports') =>
  (batch: readonly string[]): Outcome => {
    const bad = batch.filter((seq) => poison.has(seq));
    if (bad.length === 0) return answered(undefined);
    return how === 'throws' ? threw : failing(...bad);
  };

const anyPolicy = fc.record({
  batchSize: fc.integer({ min: 1, max: 12 }),
  retries: fc.nat({ max: 4 }),
  bisect: fc.boolean(),
  partialBatchResponse: fc.boolean(),
  maxAgeMs: fc.constant(-1),
});
const counts = fc.nat({ max: 40 });
/** What a handler says to its nth call: indexes of the batch, or an error. */
const script = fc.array(fc.oneof(fc.constant('throw' as const), fc.array(fc.nat({ max: 14 }), { maxLength: 3 })), {
  maxLength: 60,
});
const scripted =
  (lines: readonly ('throw' | readonly number[])[]) =>
  (batch: readonly string[], call: number): Outcome => {
    const line = lines[call] ?? [];
    if (line === 'throw') return threw;
    return failing(...line.map((index) => batch[index] ?? 'unknown'));
  };

describe('one lane, with any answers of the handler', () => {
  test.prop([counts, anyPolicy, script])('settles each record once, in order', (count, given, lines) => {
    const { done, discarded } = drive(count, given, scripted(lines));
    expect([...done, ...discarded].toSorted()).toEqual(all(count));
    expect(done).toEqual(done.toSorted());
    expect(discarded).toEqual(discarded.toSorted());
  });

  test.prop([counts, anyPolicy, script])('always sends the next records first', (count, given, lines) => {
    const { sent } = drive(count, given, scripted(lines));
    let next = 0;
    for (const batch of sent) {
      const from = all(count).indexOf(batch[0] ?? '');
      expect(from).toBeLessThanOrEqual(next);
      expect(batch).toEqual(all(count).slice(from, from + batch.length));
      expect(batch.length).toBeLessThanOrEqual(given.batchSize);
      next = Math.max(next, from + batch.length);
    }
    expect(next).toBe(count);
  });

  test.prop([counts, anyPolicy, script])('retries no batch more often than configured', (count, given, lines) => {
    const { sent } = drive(count, given, scripted(lines));
    const times = new Map<string, number>();
    for (const batch of sent) times.set(batch.join(), (times.get(batch.join()) ?? 0) + 1);
    // A batch may come by halving what is the rest of a partial answer: never twice, since each is strictly smaller.
    for (const count of times.values()) expect(count).toBeLessThanOrEqual(given.retries + 1);
  });

  test.prop([counts, anyPolicy, script])('never changes batches without the options', (count, given, lines) => {
    const plain = { ...given, bisect: false, partialBatchResponse: false };
    const { sent, discarded } = drive(count, plain, scripted(lines));
    const batches = new Map<string, string>();
    for (const batch of sent)
      for (const seq of batch) {
        expect(batches.get(seq) ?? batch.join()).toBe(batch.join());
        batches.set(seq, batch.join());
      }
    // Answers are read only where the option is on: only what was thrown can fail.
    const isThrown = lines.includes('throw');
    if (!isThrown) expect(discarded).toEqual([]);
  });
});

describe('a poison record', () => {
  const poison = fc.subarray([...all(30)]).map((seqs) => new Set(seqs));

  test.prop([poison, anyPolicy])('with bisect is discarded alone, whatever the retries', (bad, given) => {
    const how = given.partialBatchResponse ? 'reports' : 'throws';
    const { discarded, done } = drive(30, { ...given, bisect: true }, poisoned(bad, how));
    expect(discarded).toEqual([...bad].toSorted());
    expect(done).toEqual(all(30).filter((seq) => !bad.has(seq)));
  });

  test.prop([poison, anyPolicy])('with partial responses never discards records before it', (bad, given) => {
    const { discarded } = drive(30, { ...given, bisect: false, partialBatchResponse: true }, poisoned(bad, 'reports'));
    // What lies behind it in its batch is given up with it, and nothing else: batches begin anew behind what was
    // given up.
    for (const seq of discarded) {
      const last = [...bad].toSorted().findLast((other) => other <= seq);
      expect(last).toBeDefined();
      expect(all(30).indexOf(seq) - all(30).indexOf(last ?? '')).toBeLessThan(given.batchSize);
    }
    for (const seq of bad) expect(discarded).toContain(seq);
  });

  test('discards its whole batch if neither option is on', () => {
    const { discarded, sent } = drive(20, policy({ retries: 1 }), poisoned(new Set(['1003']), 'throws'));
    expect(discarded).toEqual(all(10));
    expect(sent).toEqual([all(10), all(10), all(20).slice(10)]);
  });
});

const batch: Batch<Queued> = { records: records(4), retries: 0 };
const partial = policy({ partialBatchResponse: true });
const handledOf = (answer: unknown): number => settleBatch(batch, answered(answer), partial).done.length;

describe('a partial batch response, as Lambda documents it', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty object', {}],
    ['an empty list', { batchItemFailures: [] }],
    ['a null list', { batchItemFailures: null }],
    ['text', 'ok'],
    ['another object', { statusCode: 500 }],
  ])('%s is a complete success', (_, answer) => {
    expect(handledOf(answer)).toBe(4);
  });

  test.each([
    ['an empty identifier', [{ itemIdentifier: '' }]],
    ['a null identifier', [{ itemIdentifier: null }]],
    ['another key', [{ itemId: '1002' }]],
    ['a number of another batch', [{ itemIdentifier: '1002' }, { itemIdentifier: '2000' }]],
    ['an eventID', [{ itemIdentifier: 'shardId-000000000000:1002' }]],
    ['a number', [{ itemIdentifier: 1002 }]],
    ['a list of texts', ['1002']],
    ['no list', '1002'],
  ])('%s is a complete failure', (_, batchItemFailures) => {
    expect(handledOf({ batchItemFailures })).toBe(0);
  });

  test('the lowest number counts, in any order; leading zeros are ignored', () => {
    expect(handledOf({ batchItemFailures: [{ itemIdentifier: '1003' }, { itemIdentifier: '1001' }] })).toBe(1);
    expect(handledOf({ batchItemFailures: [{ itemIdentifier: '0001002' }] })).toBe(2);
  });

  test('is ignored if the option is off', () => {
    const settled = settleBatch(batch, failing('1001'), policy());
    expect([settled.done.length, settled.again]).toEqual([4, []]);
  });

  test('the rest of a batch is a new batch, with its own retries', () => {
    const tried = { ...batch, retries: 2 };
    expect(settleBatch(tried, failing('1002'), partial).again).toEqual([{ records: records(4).slice(2), retries: 0 }]);
    expect(settleBatch(tried, failing('1000'), partial).discarded).toEqual(records(4));
  });

  test('-1 retries never end', () => {
    const settled = settleBatch({ ...batch, retries: 10_000 }, threw, policy({ retries: -1 }));
    expect(settled.again).toEqual([{ records: records(4), retries: 10_001 }]);
  });
});

describe('a record older than the maximum age', () => {
  const aged = [5000, 1000, undefined].map((ago, i) => ({
    seq: String(i),
    bytes: 1,
    arrival: ago === undefined ? undefined : 10_000 - ago,
  }));

  test('is not sent, and the others are', () => {
    const taken = takeBatch({ ...emptyLane, fresh: aged }, policy({ maxAgeMs: 2000 }), 10_000);
    expect([taken.expired.map(({ seq }) => seq), taken.batch?.records.map(({ seq }) => seq)]).toEqual([
      ['0'],
      ['1', '2'],
    ]);
  });

  test('is discarded between two attempts too, and a batch of them is skipped', () => {
    const lane = { again: [{ records: aged.slice(0, 2), retries: 3 }], fresh: aged.slice(2) };
    const taken = takeBatch(lane, policy({ maxAgeMs: 500 }), 10_000);
    expect([taken.expired.map(({ seq }) => seq), taken.batch]).toEqual([
      ['0', '1'],
      { records: aged.slice(2), retries: 0 },
    ]);
  });

  test('is sent if the maximum age is -1', () => {
    expect(takeBatch({ ...emptyLane, fresh: aged }, policy(), 1e15).expired).toEqual([]);
  });
});

test('a batch has at most 6 MB, and a larger record is sent alone', () => {
  const sized = [5, 2, 7, 1].map((mb, i) => ({ seq: String(i), bytes: mb * 1024 * 1024 }));
  let lane: Lane<Queued> = { ...emptyLane, fresh: sized };
  const sizes: number[][] = [];
  for (;;) {
    const taken = takeBatch(lane, policy(), 0);
    if (taken.batch === undefined) break;
    sizes.push(taken.batch.records.map(({ bytes }) => bytes / 1024 / 1024));
    lane = taken.lane;
  }
  expect(sizes).toEqual([[5], [2], [7], [1]]);
});
