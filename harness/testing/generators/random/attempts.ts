import fc from 'fast-check';
import type { HistoryLine } from '../../../judging/check-history.ts';
import { shard, whole } from '../history-builder.ts';

const seq = fc.integer({ min: 1, max: 12 }).map(String);
const digestOf = (key: string, n: number): string => Buffer.from(`${key}#${n}`).toString('hex').padEnd(16, '0');

/** One attempt and its outcome. Pages come between the attempts, so that some deliver records that are sent later. */
const attempt = fc.record({
  key: fc.constantFrom('a', 'a', 'b'),
  n: fc.nat({ max: 3 }),
  fate: fc.oneof(
    { weight: 4, arbitrary: seq.map((at) => ({ ok: at })) },
    fc.constantFrom({ outcome: 'fail' }, { outcome: 'info' }, { outcome: 'throttled' }, { outcome: 'none' }),
  ),
});

const delivered = fc.record({
  seq,
  key: fc.constantFrom('a', 'a', 'b'),
  /** The number, perhaps of a record that was never put. Undefined: no identity. */
  n: fc.oneof({ weight: 8, arbitrary: fc.nat({ max: 4 }) }, fc.constant(undefined)),
  digest: fc.oneof({ weight: 8, arbitrary: fc.constant('own') }, fc.constantFrom('other', 'none')),
  isOtherKey: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
});

const page = fc.record({
  reader: fc.constantFrom('f', 'l'),
  records: fc.uniqueArray(delivered, { maxLength: 5, selector: (one) => one.seq }),
});

const readOf = ({
  seq: at,
  key,
  n,
  digest,
  isOtherKey,
}: typeof delivered extends fc.Arbitrary<infer T> ? T : never): object => ({
  seq: at,
  key: isOtherKey ? 'z' : key,
  ...(n === undefined ? {} : { producer: 'p', n, ...(isOtherKey ? { idKey: key } : {}) }),
  ...(digest === 'none' ? {} : { digest: digest === 'own' ? digestOf(key, n ?? 9) : 'ffffffffffffffff' }),
});

/** Records that are sent again and again, stored anywhere, and read in any form. */
export const attempts = fc
  .record({
    steps: fc.array(fc.oneof({ weight: 3, arbitrary: attempt }, page), { minLength: 1, maxLength: 12 }),
    isShared: fc.boolean(),
  })
  .map(({ steps, isShared }) => {
    const lines: object[] = [
      { type: 'head', format: 'kinesis-order-history', version: 1, run: 'r', stream: { shared: isShared } },
      { t: 0, type: 'topology', status: 'ACTIVE', shards: whole },
      { t: 0, type: 'reader', reader: 'f', role: 'final' },
    ];
    const begun = new Set<string>();
    const taken = new Set<string>();
    for (const [op, step] of steps.entries()) {
      const t = 20 * op + 20;
      if ('records' in step) {
        const from = begun.has(step.reader) ? {} : { from: { type: 'TRIM_HORIZON' } };
        begun.add(step.reader);
        const records = [...step.records].sort((a, b) => Number(a.seq) - Number(b.seq)).map(readOf);
        const where = { reader: step.reader, chain: step.reader === 'f' ? 1 : 2, shard: shard(0) };
        lines.push({ t, t0: t - 5, type: 'page', ...where, ...from, records, more: true });
        continue;
      }
      const { key, n, fate } = step;
      const entries = [{ key, n, digest: digestOf(key, n) }];
      lines.push({ t, type: 'put', op, producer: 'p', api: 'PutRecord', entries });
      const ack = { t: t + 5, type: 'ack', op };
      const isTaken = 'ok' in fate && taken.has(fate.ok);
      if ('ok' in fate) taken.add(fate.ok);
      // One place for two records needs calls that overlap.
      if (isTaken) lines.push({ ...ack, outcome: 'info' });
      else if ('ok' in fate) lines.push({ ...ack, outcome: 'ok', results: [{ shard: shard(0), seq: fate.ok }] });
      else if (fate.outcome === 'throttled')
        lines.push({ ...ack, outcome: 'ok', results: [{ error: 'ProvisionedThroughputExceededException' }] });
      else if (fate.outcome !== 'none') lines.push({ ...ack, outcome: fate.outcome });
    }
    lines.push({ t: 20 * steps.length + 20, type: 'end', reason: 'completed' });
    return lines as HistoryLine[];
  });
