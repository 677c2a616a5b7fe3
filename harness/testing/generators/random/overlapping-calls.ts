import fc from 'fast-check';
import type { HistoryLine } from '../../../judging/check-history.ts';
import { shard, whole } from '../history-builder.ts';

const parents = [[], [0], [], [1]] as const;
export type Call = {
  readonly entries: readonly { readonly key: string; readonly shard: number; readonly seq: number }[];
  readonly isSentinel: boolean;
  readonly isAnswered: boolean;
  /** The number of calls that are sent before it is answered. */
  readonly lasts: number;
  /** One record by PutRecord, with this SequenceNumberForOrdering. Only the first entry counts. */
  readonly single: 'no' | 'plain' | 'after the last' | 'after another';
  readonly producer: string;
};

const call: fc.Arbitrary<Call> = fc.record({
  entries: fc.array(
    fc.record({ key: fc.constantFrom('a', 'b'), shard: fc.nat({ max: 3 }), seq: fc.integer({ min: 1, max: 30 }) }),
    { minLength: 1, maxLength: 3 },
  ),
  isSentinel: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
  isAnswered: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
  lasts: fc.constantFrom(0, 0, 0, 1, 2, 3),
  single: fc.constantFrom('no', 'plain', 'plain', 'after the last', 'after the last', 'after another'),
  producer: fc.constantFrom('p', 'p', 'q'),
});

/**
 * Lines of calls to four shards: 1 is a child of 0, 3 one of 1, and 2 is unrelated. A call is answered after `lasts`
 * other calls.
 */
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
  /** The last number that was acknowledged to each flow. */
  const last = new Map<string, string>();
  const open: { readonly op: number; left: number }[] = [];
  const answer = (op: number): void => {
    const results = calls[op]?.entries.map(({ shard: index, seq }) => ({ shard: shard(index), seq: String(seq) }));
    for (const { key, seq } of calls[op]?.entries ?? []) last.set(`${calls[op]?.producer} ${key}`, String(seq));
    lines.push({ t: 1, type: 'ack', op, outcome: 'ok', results });
  };
  for (const [op, { entries, isSentinel, isAnswered, lasts, single, producer }] of calls.entries()) {
    const numbered = entries.map(({ key }) => {
      const flow = `${producer} ${key}`;
      const n = counts.get(flow) ?? 0;
      if (isSentinel) return { key };
      counts.set(flow, n + 1);
      const known = single === 'after another' ? '15' : last.get(flow);
      return { key, n, ...(single.startsWith('after') && known !== undefined ? { after: known } : {}) };
    });
    const role = isSentinel ? { role: 'sentinel' } : {};
    const api = single === 'no' ? 'PutRecords' : 'PutRecord';
    lines.push({ t: 1, type: 'put', op, producer, api, ...role, entries: numbered });
    for (const one of open) one.left -= 1;
    if (isAnswered) open.push({ op, left: lasts });
    for (const one of open.filter(({ left }) => left <= 0)) answer(one.op);
    open.splice(0, open.length, ...open.filter(({ left }) => left > 0));
  }
  for (const { op } of open) answer(op);
  return lines as HistoryLine[];
};

/** Makes a call valid: a sentinel is alone and above all other records, a PutRecord has one record. */
const soundOf = (one: Call, op: number): Call =>
  one.isSentinel
    ? { ...one, entries: one.entries.slice(0, 1).map((entry) => ({ ...entry, key: `marker${op}`, seq: 100 + op })) }
    : { ...one, entries: one.entries.slice(0, one.single === 'no' ? 3 : 1) };

export const calls = fc.array(call, { maxLength: 8 }).map((some) => some.map(soundOf));

/** The same calls, and a reader that receives all acknowledged records, or some of them. */
export const callsThatAreRead = fc
  .tuple(calls, fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }))
  .map(([some, isRead]) => {
    const lines = callLines(some);
    const stored = some.flatMap(({ entries, producer }, op) => {
      const put = lines.find((line) => line.type === 'put' && line.op === op);
      const isAcked = lines.some((line) => line.type === 'ack' && line.op === op);
      return isAcked && put?.type === 'put'
        ? entries.map((entry, index) => ({ ...entry, producer, n: put.entries[index]?.n }))
        : [];
    });
    const pages = parents.map((_, index) => {
      const records = stored
        .filter((one, at) => one.shard === index && isRead[at % isRead.length] === true)
        .sort((a, b) => a.seq - b.seq)
        .filter((one, at, own) => one.seq !== own[at - 1]?.seq)
        .map(({ key, producer, seq, n }) => ({ seq: String(seq), key, ...(n === undefined ? {} : { producer, n }) }));
      const from = { type: 'TRIM_HORIZON' };
      return { t: 2, type: 'page', reader: 'f', chain: index, shard: shard(index), from, records, more: true };
    });
    return [...lines, { t: 1, type: 'reader', reader: 'f', role: 'final' }, ...pages] as HistoryLine[];
  });
