import fc from 'fast-check';
import type { HistoryLine } from '../../../judging/check-history.ts';
import type { PutEntryEvent, PutResult, ReadRecord } from '../../../model/event.ts';

const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined });
/** Rare, because the scanner leaves such a line to the decoder. */
const seldom = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: of });
/** Removes undefined fields, as JSON does. */
const told = <T extends object>(some: T): T =>
  Object.fromEntries(Object.entries(some).filter(([, value]) => value !== undefined)) as T;
const key = fc.oneof({ weight: 9, arbitrary: fc.constantFrom('a', 'b', 'long-key') }, fc.constant('é'));
const n = fc.nat({ max: 3 });
/** Often the number of an acknowledgement. */
const seq = fc.oneof(fc.constantFrom('10', '20'), fc.bigInt({ min: 1n, max: 10n ** 56n }).map(String));
const digest = fc.constantFrom('00000000000000ff', '9f86d081884c7d65', 'ffffffff00000000');
const shard = fc.constantFrom('shardId-000000000000', 'shardId-000000000001');

const entry: fc.Arbitrary<PutEntryEvent> = fc
  .record({
    key,
    n: maybe(n),
    digest: maybe(digest),
    bytes: maybe(fc.nat({ max: 2000 })),
    hash: maybe(fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }).map(String)),
    after: maybe(seq),
  })
  .map((some) => told(some) as PutEntryEvent);
const result: fc.Arbitrary<PutResult> = fc.oneof(
  { weight: 18, arbitrary: fc.record({ shard, seq }) },
  fc.record({ shard, seq, sub: fc.nat({ max: 3 }) }),
  fc.constantFrom('ProvisionedThroughputExceededException', 'InternalFailure').map((error) => ({ error })),
);
const call = fc
  .record({
    producer: maybe(fc.constantFrom('p1', 'p2')),
    api: fc.constantFrom('PutRecord' as const, 'PutRecords' as const),
    entries: fc.array(fc.tuple(entry, result, maybe(fc.nat({ max: 1 }))), { minLength: 1, maxLength: 4 }),
    isAggregate: seldom(fc.constant(true)),
    isSentinel: seldom(fc.constant(true)),
    outcome: fc.constantFrom('ok' as const, 'ok' as const, 'ok' as const, 'fail' as const, 'info' as const),
  })
  .map(({ producer, api, entries, isAggregate, isSentinel, outcome }) => ({
    put: told({
      type: 'put' as const,
      producer,
      api,
      role: isSentinel === true ? ('sentinel' as const) : undefined,
      parts: isAggregate === true ? [{ key: 'x' }, { key: 'y', hash: '7' }] : undefined,
      entries: entries.map(([one, , part]) => told({ ...one, part: isAggregate === true ? (part ?? 0) : undefined })),
    }),
    ack: told({
      type: 'ack' as const,
      outcome,
      results: outcome === 'ok' ? entries.map(([, one]) => one) : undefined,
    }),
  }));
const record: fc.Arbitrary<ReadRecord> = fc
  .record({
    seq,
    sub: seldom(fc.nat({ max: 3 })),
    key: maybe(key),
    idKey: maybe(key),
    producer: maybe(fc.constantFrom('p1', 'p2')),
    n: maybe(n),
    digest: maybe(digest),
    arrival: maybe(fc.nat()),
  })
  .map((some) => told(some) as ReadRecord);
const page = fc
  .record({
    reader: fc.constantFrom('final', 'live'),
    shard,
    from: seldom(fc.constantFrom({ type: 'TRIM_HORIZON' }, { type: 'LATEST' })),
    records: fc.array(record, { maxLength: 4 }),
    behind: maybe(fc.nat({ max: 5 })),
    more: maybe(fc.boolean()),
    children: seldom(fc.constant(['shardId-000000000001'])),
    error: seldom(fc.constant('InternalFailure')),
    t0: maybe(fc.nat({ max: 9 })),
  })
  .map((some) => told({ type: 'page' as const, ...some }));

/**
 * Calls and pages with any fields, which need not fit together. Each call is answered at once; each page has its own
 * chain.
 */
export const anyCalls = fc.array(fc.oneof(call, page), { minLength: 1, maxLength: 8 }).map((steps) => {
  const lines: object[] = [{ type: 'head', format: 'kinesis-order-history', version: 1, run: 'r' }];
  for (const [index, step] of steps.entries()) {
    const t = 10 * index + 10;
    if ('put' in step) lines.push({ t, ...step.put, op: index }, { t, ...step.ack, op: index });
    else lines.push({ t, ...step, chain: index });
  }
  return lines as HistoryLine[];
});
