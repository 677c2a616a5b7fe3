import fc from 'fast-check';
import type { HistoryLine } from '../check-history.ts';
import { shard, whole } from './history-builder.ts';

const parents = [[], [0], []] as const;
export type Call = {
  readonly entries: readonly { readonly key: string; readonly shard: number; readonly seq: number }[];
  readonly isSentinel: boolean;
  readonly isAnswered: boolean;
  /** How many calls are sent before it is answered. */
  readonly lasts: number;
};

const call: fc.Arbitrary<Call> = fc.record({
  entries: fc.array(
    fc.record({ key: fc.constantFrom('a', 'b'), shard: fc.nat({ max: 2 }), seq: fc.integer({ min: 1, max: 30 }) }),
    { minLength: 1, maxLength: 3 },
  ),
  isSentinel: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
  isAnswered: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
  lasts: fc.nat({ max: 3 }),
});

/** Three shards: 1 comes of 0, 2 is kin to nobody. A call is answered when so many others were sent. */
export const callLines = (calls: readonly Call[]): readonly HistoryLine[] => {
  const range = whole[0]?.range;
  const shards = parents.map((own, index) => ({
    shard: shard(index),
    range,
    parents: own.map(shard),
    seq: ['1', null],
  }));
  const lines: object[] = [
    { type: 'head', format: 'kinesis-order-history', version: 1, run: 'r' },
    { t: 0, type: 'topology', shards },
  ];
  const counts = new Map<string, number>();
  const open: { readonly op: number; left: number }[] = [];
  const answer = (op: number): void => {
    const results = calls[op]?.entries.map(({ shard: index, seq }) => ({ shard: shard(index), seq: String(seq) }));
    lines.push({ t: 1, type: 'ack', op, outcome: 'ok', results });
  };
  for (const [op, { entries, isSentinel, isAnswered, lasts }] of calls.entries()) {
    const numbered = entries.map(({ key }) => {
      const n = counts.get(key) ?? 0;
      if (isSentinel) return { key };
      counts.set(key, n + 1);
      return { key, n };
    });
    const role = isSentinel ? { role: 'sentinel' } : {};
    lines.push({ t: 1, type: 'put', op, producer: 'p', api: 'PutRecords', ...role, entries: numbered });
    for (const one of open) one.left -= 1;
    if (isAnswered) open.push({ op, left: lasts });
    for (const one of open.filter(({ left }) => left <= 0)) answer(one.op);
    open.splice(0, open.length, ...open.filter(({ left }) => left > 0));
  }
  for (const { op } of open) answer(op);
  return lines as HistoryLine[];
};

/** The end marker of a shard stands alone, above all else. */
const markerOf = (one: Call, op: number): Call =>
  one.isSentinel
    ? { ...one, entries: one.entries.slice(0, 1).map((entry) => ({ ...entry, key: `marker${op}`, seq: 100 + op })) }
    : one;

export const calls = fc.array(call, { maxLength: 8 }).map((some) => some.map(markerOf));

/** The same, and a reader that was given what was acknowledged, or some of it. */
export const callsThatAreRead = fc
  .tuple(calls, fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }))
  .map(([some, isRead]) => {
    const lines = callLines(some);
    const stored = some.flatMap(({ entries }, op) => {
      const put = lines.find((line) => line.type === 'put' && line.op === op);
      const isAcked = lines.some((line) => line.type === 'ack' && line.op === op);
      return isAcked && put?.type === 'put'
        ? entries.map((entry, index) => ({ ...entry, n: put.entries[index]?.n }))
        : [];
    });
    const pages = parents.map((_, index) => {
      const records = stored
        .filter((one, at) => one.shard === index && isRead[at % isRead.length] === true)
        .sort((a, b) => a.seq - b.seq)
        .filter((one, at, own) => one.seq !== own[at - 1]?.seq)
        .map(({ key, seq, n }) => ({ seq: String(seq), key, ...(n === undefined ? {} : { producer: 'p', n }) }));
      const from = { type: 'TRIM_HORIZON' };
      return { t: 2, type: 'page', reader: 'f', chain: index, shard: shard(index), from, records, more: true };
    });
    return [...lines, { t: 1, type: 'reader', reader: 'f', role: 'final' }, ...pages] as HistoryLine[];
  });
