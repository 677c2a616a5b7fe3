import { describe, expect, test } from 'vitest';
import { LineFeeder } from '../history/line-feeder.ts';
import { Names } from '../lib/names.ts';
import { columnsOf } from './columns-of-event.ts';
import type { PageEvent, PutEvent } from './event.ts';
import { type ColumnEvent, itemBit, type LineColumns, rareBit } from './line-columns.ts';
import { limbsPer, textOfLimbs } from './sequences.ts';

const put: PutEvent = {
  t: 5,
  type: 'put',
  op: 7,
  producer: 'p',
  api: 'PutRecords',
  entries: [
    { key: 'one', n: 3, digest: '00ff00ff00ff00ff', bytes: 12, hash: '340282366920938463463374607431768211455' },
    { key: 'two', n: 4, after: '4900000000000000000000000000000000000000000000000000000007' },
  ],
};
const page: PageEvent = {
  t: 9,
  t0: 8,
  type: 'page',
  reader: 'r',
  chain: 2,
  shard: 'shardId-000000000001',
  records: [{ seq: '17', key: 'one', producer: 'p', n: 3, digest: 'ff00ff00ff00ff00', arrival: 1000, idKey: 'one' }],
  behind: 0,
  more: true,
};
const ack = { t: 6, type: 'ack', op: 7, outcome: 'ok', results: [{ shard: 's', seq: '17' }], attempts: 1 } as const;

/** What the columns say, in words: of their bytes only what a look-up makes of them. */
const saidOf = (line: LineColumns): object => {
  const names = new Names();
  const nameAt = (start: number, end: number): string => names.name(names.idAt(line.source.words, start, end));
  const spanOf = ({ start, end }: { start: number; end: number }) => (start < 0 ? undefined : nameAt(start, end));
  const { type, t, t0, op, isBatch, chain, behind, more, retryOf, attempts } = line;
  const items = Array.from({ length: line.count }, (_, item) => {
    const told = <T>(bit: number, value: () => T): T | undefined => (line.hasAll(item, bit) ? value() : undefined);
    const text = (bit: number, starts: Int32Array, ends: Int32Array) =>
      told(bit, () => nameAt(starts[item] as number, ends[item] as number));
    return {
      isRare: line.hasAll(item, rareBit),
      name: text(itemBit.name, line.nameStart, line.nameEnd),
      idKey: text(itemBit.idKey, line.idKeyStart, line.idKeyEnd),
      producer: text(itemBit.producer, line.producerStart, line.producerEnd),
      hash: text(itemBit.hash, line.hashStart, line.hashEnd),
      n: told(itemBit.n, () => line.n[item]),
      number: told(itemBit.number, () => textOfLimbs(line.limbs, item * limbsPer)),
      digest: told(itemBit.digest, () => [line.digestHigh[item], line.digestLow[item]]),
      size: told(itemBit.size, () => line.size[item]),
      arrival: told(itemBit.arrival, () => line.arrival[item]),
    };
  });
  const told = type === 1 ? { op, isBatch, retryOf } : type === 2 ? { op, attempts } : { t0, chain, behind, more };
  return { type, t, ...told, who: [line.producer, line.reader, line.shard].map(spanOf), items };
};

const scanned = (event: ColumnEvent): object => {
  let said: object = {};
  const feeder = new LineFeeder(
    () => undefined,
    (line) => {
      said = saidOf(line);
    },
  );
  feeder.feed(Buffer.from(`${JSON.stringify(event)}\n`));
  return said;
};

describe('columns of a line that was parsed', () => {
  test.each([put, ack, page])('are those that the scanner fills: $type', (event) => {
    expect(saidOf(columnsOf(event))).toEqual(scanned(event));
    expect(columnsOf(event).event).toBe(event);
  });

  test('tell what has no column, and is asked of the event', () => {
    const rareOf = (entry: object): boolean =>
      columnsOf({ ...put, entries: [{ key: 'k', ...entry }] }).hasAll(0, rareBit);
    expect([{ flow: 'f' }, { digest: 'other' }, { after: '9'.repeat(65) }].map(rareOf)).toEqual(Array(3).fill(true));
    expect([{}, { producer: 'own' }, { bytes: 1 }, { part: 0 }].map(rareOf)).toEqual(Array(4).fill(false));
    const results = [{ error: 'E' }, { shard: 's', seq: '1', sub: 0 }, { shard: 's', seq: '1' }];
    const line = columnsOf({ ...ack, results });
    expect([0, 1, 2].map((item) => line.hasAll(item, rareBit))).toEqual([true, false, false]);
    expect([0, 1, 2].map((item) => line.hasAll(item, itemBit.sub))).toEqual([false, true, false]);
    expect([0, 1, 2].map((item) => line.hasAll(item, itemBit.number))).toEqual([false, true, true]);
  });

  test('hold names of any length and letter, and more items than there was room for', () => {
    const keys = ['', 'ключ', '\ud83d\ude00', '\ud800', 'x'.repeat(5000)];
    const line = columnsOf({
      ...put,
      entries: Array.from({ length: 2000 }, (_, n) => ({ key: keys[n % 5] ?? '', n })),
    });
    const { items } = saidOf(line) as { items: { name: string; n: number }[] };
    expect(items.map(({ name, n }) => [name, n])).toEqual(Array.from({ length: 2000 }, (_, n) => [keys[n % 5], n]));
  });

  test('of a page that failed, and of an answer that is none, hold no items', () => {
    expect(columnsOf({ ...page, error: 'E' }).count).toBe(0);
    expect(columnsOf({ ...ack, outcome: 'info' }).count).toBe(0);
  });
});
