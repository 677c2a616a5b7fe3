import fc from 'fast-check';
import type { HistoryLine } from '../../../judging/check-history.ts';
import { closed, shard, whole } from '../history-builder.ts';

const startedAt = '2026-11-23T08:00:00.000Z';
const wallMs = (t: number): number => Date.parse(startedAt) + Math.floor(t / 1000);

const put = fc.record({ key: fc.constantFrom('a', 'a', 'b') });
const reshard = fc.constant('reshard' as const);
const begin = fc.record({
  reader: fc.constantFrom('f', 's', 's', 'l'),
  shard: fc.nat({ max: 1 }),
  from: fc.constantFrom('TRIM_HORIZON', 'TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP', 'AT', 'AFTER', 'UNKNOWN'),
  /** The index among the records of its shard so far. */
  which: fc.nat({ max: 4 }),
  /** How long ago the iterator was asked for, as a share of the time that passed: 0 just now. */
  early: fc.constantFrom(0, 0, 0.5),
  /** How far its start is off, in sequence numbers. */
  off: fc.constantFrom(0, 0, 0, -10, 10),
});
const page = fc.record({
  chain: fc.nat({ max: 4 }),
  /** Whether each record is left out, from the next one on. */
  isLeftOut: fc.array(fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.constant(true)), { maxLength: 6 }),
  count: fc.constantFrom(1, 2, 10),
  behind: fc.constantFrom(undefined, 0, 0, 500),
  isEnd: fc.boolean(),
  asked: fc.constantFrom(undefined, 100, 30_000),
});
const step = fc.oneof({ weight: 5, arbitrary: put }, { weight: 8, arbitrary: page }, { weight: 1, arbitrary: reshard });
const wait = fc.constantFrom(1_000, 1_000, 2_000_000);

type Stored = { readonly seq: number; readonly key: string; readonly n: number; readonly arrival: number };
type Chain = { readonly reader: string; readonly shard: number; from: object | undefined; cursor: number };

/**
 * A shard and its successor. Records come while three readers read, from any start, in time or late, and leave some
 * out. One of them is a consumer under test.
 */
export const timedReadings = fc
  .tuple(
    fc.array(fc.tuple(step, wait), { minLength: 4, maxLength: 30 }),
    fc.array(begin, { minLength: 5, maxLength: 5 }),
  )
  .map(([steps, begins]) => {
    const lines: object[] = [
      {
        type: 'head',
        format: 'kinesis-order-history',
        version: 1,
        run: 'r',
        startedAt,
        tolerances: { settleMs: 1000 },
      },
      { t: 0, type: 'topology', status: 'ACTIVE', shards: whole },
      ...[
        ['f', 'final'],
        ['s', 'subject'],
        ['l', 'live'],
      ].map(([reader, role]) => ({ t: 0, type: 'reader', reader, role })),
    ];
    const [parent] = whole;
    const stored: readonly Stored[][] = [[], []];
    const chains: (Chain | undefined)[] = [];
    const begun = (index: number, t: number, seq: number): Chain => {
      const one = begins[index] as (typeof begins)[number];
      const own = stored[one.shard] ?? [];
      const at = own[one.which % Math.max(1, own.length)];
      const got = { t0: Math.floor(t * (1 - one.early)), t };
      const starts: Readonly<Record<string, object>> = {
        AT: { type: 'AT_SEQUENCE_NUMBER', seq: String(at?.seq ?? 10), ...got },
        AFTER: { type: 'AFTER_SEQUENCE_NUMBER', seq: String(at?.seq ?? 10), ...got },
        AT_TIMESTAMP: { type: 'AT_TIMESTAMP', at: at?.arrival ?? wallMs(t), ...got },
      };
      const below = (at?.seq ?? 10) - 1;
      const cursor: Readonly<Record<string, number>> = {
        AT: below,
        AFTER: below + 1,
        AT_TIMESTAMP: below,
        LATEST: seq,
      };
      const chain = {
        reader: one.reader,
        shard: one.shard,
        from: starts[one.from] ?? { type: one.from, ...got },
        cursor: (cursor[one.from] ?? 0) + one.off,
      };
      chains[index] = chain;
      return chain;
    };
    const counts = new Map<string, number>();
    let [t, isSplit, op, seq] = [0, false, 0, 0];
    for (const [one, waited] of steps) {
      t += waited;
      if (one === 'reshard') {
        if (isSplit) continue;
        isSplit = true;
        const shards = [
          closed(parent, String(seq + 5)),
          { ...parent, shard: shard(1), parents: [shard(0)], seq: [String(seq + 6), null] },
        ];
        seq += 10;
        lines.push({ t, type: 'topology', status: 'ACTIVE', shards });
      } else if ('key' in one) {
        const n = counts.get(one.key) ?? 0;
        counts.set(one.key, n + 1);
        seq += 10;
        op += 1;
        const where = isSplit ? 1 : 0;
        lines.push({ t, type: 'put', op, producer: 'p', api: 'PutRecord', entries: [{ key: one.key, n }] });
        t += 500;
        lines.push({ t, type: 'ack', op, outcome: 'ok', results: [{ shard: shard(where), seq: String(seq) }] });
        stored[where]?.push({ seq, key: one.key, n, arrival: wallMs(t) });
      } else {
        const chain = chains[one.chain] ?? begun(one.chain, t, seq);
        const own = (stored[chain.shard] ?? []).filter((record) => record.seq > chain.cursor).slice(0, one.count);
        const given = own.filter((_, index) => one.isLeftOut[index] !== true);
        chain.cursor = own.at(-1)?.seq ?? chain.cursor;
        const from = chain.from === undefined ? {} : { from: chain.from };
        chain.from = undefined;
        lines.push({
          t,
          ...(one.asked === undefined ? {} : { t0: Math.max(0, t - one.asked) }),
          type: 'page',
          reader: chain.reader,
          chain: one.chain,
          shard: shard(chain.shard),
          ...from,
          records: given.map((record) => ({ ...record, seq: String(record.seq), producer: 'p' })),
          ...(one.behind === undefined ? {} : { behind: one.behind }),
          more: !(one.isEnd && isSplit && chain.shard === 0),
          ...(one.isEnd && isSplit && chain.shard === 0 ? { children: [shard(1)] } : {}),
        });
      }
    }
    lines.push({ t, type: 'end', reason: 'completed' });
    return lines as HistoryLine[];
  });
