import { test } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { LineFeeder } from '../../history/line-feeder.ts';
import type { HistoryLine } from '../../judging/check-history.ts';
import type { PutResult } from '../../model/event.ts';
import { anyCalls } from '../../testing/generators/random/any-calls.ts';
import { bytesOf } from '../../testing/oracles/follow-bytes.ts';
import { apply } from './apply.ts';
import { applyColumns } from './apply-columns.ts';
import { Tables } from './tables.ts';

const folded = (lines: readonly HistoryLine[], isScanned: boolean): Tables => {
  const tables = new Tables();
  const feeder = new LineFeeder(
    (event, line) => apply(tables, event, line),
    isScanned ? (hot, line) => applyColumns(tables, hot, line) : undefined,
  );
  feeder.feed(bytesOf(lines));
  feeder.finish();
  return tables;
};

/** What the tables say of each entry, in the words of the lines. */
const entriesOf = (tables: Tables): readonly object[] =>
  Array.from({ length: tables.entryOp.length }, (_, entry) => {
    const op = tables.entryOp.at(entry);
    const record = tables.entryRecord.at(entry);
    const after = tables.entryAfter.get(entry);
    const number = tables.entryNumber.at(entry);
    return {
      op: tables.opNumber.at(op),
      isBatch: tables.opBatch.at(op) === 1,
      isSentinel: tables.opSentinel.at(op) === 1,
      parts: tables.opParts.get(op),
      producer: tables.records.producerName(record),
      key: tables.records.keyName(record),
      n: tables.records.n.at(record),
      digest: tables.digests.text(tables.entryDigest.at(entry)),
      after: after === undefined ? undefined : tables.sequences.text(after),
      hash: tables.hashOf(entry),
      part: tables.entryPart.get(entry),
      status: tables.entryStatus.at(entry),
      shard: tables.entryShard.at(entry) < 0 ? undefined : tables.shards.name(tables.entryShard.at(entry)),
      seq: number < 0 ? undefined : tables.sequences.text(number),
      sub: tables.entrySub.get(entry),
    };
  });

const statuses = { ok: 1, fail: 2, info: 3 } as const;
const fateOf = (result: PutResult | undefined, outcome: keyof typeof statuses): object => {
  if (result === undefined) return { status: statuses[outcome], shard: undefined, seq: undefined, sub: undefined };
  if ('error' in result && result.error !== undefined) {
    const isThrottled = result.error === 'ProvisionedThroughputExceededException';
    return { status: isThrottled ? statuses.fail : statuses.info, shard: undefined, seq: undefined, sub: undefined };
  }
  const { shard, seq, sub } = result as { shard: string; seq: string; sub?: number };
  return { status: statuses.ok, shard, seq, sub };
};

const entriesSaid = (lines: readonly HistoryLine[]): readonly object[] =>
  lines.flatMap((put) => {
    if (put.type !== 'put') return [];
    const ack = lines.find((line) => line.type === 'ack' && line.op === put.op);
    return put.entries.map(({ key, n = -1, digest, after, hash, part }, index) => ({
      op: put.op,
      isBatch: put.api === 'PutRecords' || put.parts !== undefined,
      isSentinel: put.role === 'sentinel',
      parts: put.parts,
      producer: put.producer ?? '',
      key,
      n,
      digest,
      after,
      hash,
      part,
      ...(ack?.type === 'ack' ? fateOf(ack.outcome === 'ok' ? ack.results?.[index] : undefined, ack.outcome) : {}),
    }));
  });

const orNone = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value);

const pagesOf = (tables: Tables): readonly object[] =>
  Array.from({ length: tables.pageLine.length }, (_, page) => {
    const chain = tables.chains[tables.pageChain.at(page)];
    return {
      t: tables.pageT.at(page),
      t0: tables.pageT0.at(page),
      reader: tables.readers.name(chain?.reader ?? -1),
      shard: tables.shards.name(chain?.shard ?? -1),
      from: chain?.from.type,
      behind: orNone(tables.pageBehind.at(page)),
      more: [undefined, true, false][tables.pageMore.at(page)],
      isFailed: tables.pageFailed.at(page) === 1,
      children: tables.pageChildren.get(page),
      count: tables.pageCount.at(page),
    };
  });

const pagesSaid = (lines: readonly HistoryLine[]): readonly object[] =>
  lines.flatMap((page) => {
    if (page.type !== 'page') return [];
    const { t, t0 = t, reader, shard, from, behind, more, error, children, records = [] } = page;
    const isFailed = error !== undefined;
    return [
      {
        t,
        t0,
        reader,
        shard,
        from: from?.type ?? 'UNKNOWN',
        behind,
        more: isFailed ? undefined : more,
        isFailed,
        children,
        count: isFailed ? 0 : records.length,
      },
    ];
  });

const readsOf = (tables: Tables): readonly object[] =>
  Array.from({ length: tables.readPage.length }, (_, read) => {
    const record = tables.readRecord.at(read);
    const { records } = tables;
    return {
      seq: tables.sequences.text(tables.numberOfRead(read)),
      sub: tables.readSub.get(read),
      digest: tables.digests.text(tables.digestOfRead(read)),
      arrival: orNone(tables.readArrival.at(read)),
      who: record < 0 ? undefined : [records.producerName(record), records.keyName(record), records.n.at(record)],
      otherKey: tables.readKey.get(read),
    };
  });

const readsSaid = (lines: readonly HistoryLine[]): readonly object[] =>
  lines.flatMap((page) => {
    if (page.type !== 'page' || page.error !== undefined) return [];
    return (page.records ?? []).map(({ seq, sub, digest, arrival, producer = '', key, idKey = key, n }) => {
      const who = n === undefined || idKey === undefined ? undefined : [producer, idKey, n];
      // Kept where it is not the key of an identity that is told.
      const otherKey = n === undefined || key !== idKey ? key : undefined;
      return { seq, sub, digest, arrival, who, otherKey };
    });
  });

describe('the tables hold what the lines say', () => {
  test.prop([anyCalls, fc.boolean()], { numRuns: 300 })(
    'of calls and of pages, scanned or decoded',
    (lines, isScanned) => {
      const tables = folded(lines, isScanned);
      expect(entriesOf(tables)).toEqual(entriesSaid(lines));
      expect(pagesOf(tables)).toEqual(pagesSaid(lines));
      expect(readsOf(tables)).toEqual(readsSaid(lines));
    },
  );
});
