import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { HistoryLine } from '../../judging/check-history.ts';
import { anyCalls } from '../../testing/generators/random/any-calls.ts';
import { viewOfLines } from '../../testing/generators/random/readings.ts';
import type { View } from './view.ts';

type Place = { readonly shard: string; readonly seq: bigint; readonly sub: number };

const placeAt = ({ tables, positions }: View, position: number): Place => ({
  shard: tables.shards.name(positions.shard.at(position)),
  seq: BigInt(positions.seq(position)),
  sub: positions.sub(position),
});

const placeOfEntry = ({ tables }: View, entry: number): Place | undefined =>
  tables.entryStatus.at(entry) !== 1
    ? undefined
    : {
        shard: tables.shards.name(tables.entryShard.at(entry)),
        seq: BigInt(tables.sequences.text(tables.entryNumber.at(entry))),
        sub: tables.entrySub.get(entry) ?? -1,
      };

const placeOfRead = ({ tables }: View, read: number): Place => ({
  shard: tables.shards.name(tables.chains[tables.pageChain.at(tables.readPage.at(read))]?.shard ?? -1),
  seq: BigInt(tables.sequences.text(tables.numberOfRead(read))),
  sub: tables.readSub.get(read) ?? -1,
});

/** Sub 0 of a plain record, as KCL says it, is that record. */
const subOf = ({ sub }: Place): number => Math.max(sub, 0);
const nameOf = (place: Place | undefined): string =>
  place === undefined ? 'nowhere' : `${place.shard} ${place.seq} ${subOf(place)}`;
const isBelow = (a: Place, b: Place): boolean => (a.seq === b.seq ? subOf(a) < subOf(b) : a.seq < b.seq);

/** What is linked from a head, until -1. */
const linked = (head: number, next: Int32Array): readonly number[] => {
  const found: number[] = [];
  for (let item = head; item >= 0; item = next[item] ?? -1) found.push(item);
  return found.sort((a, b) => a - b);
};

describe('the places of a history', () => {
  test.prop([anyCalls], { numRuns: 300 })('are one integer each, ascending in a shard', (lines) => {
    const view = viewOfLines(lines);
    const { positions, tables } = view;
    const places = Array.from({ length: positions.count }, (_, position) => placeAt(view, position));
    expect(new Set(places.map(nameOf)).size).toBe(places.length);
    for (let shard = 0; shard < tables.shards.size; shard += 1) {
      const first = positions.first.at(shard);
      const own = places.slice(first, first + positions.size.at(shard));
      expect(own.every(({ shard: name }) => name === tables.shards.name(shard))).toBe(true);
      for (const [index, place] of own.entries())
        if (index > 0) expect(isBelow(own[index - 1] as Place, place)).toBe(true);
    }
    expect(positions.size.data.slice(0, tables.shards.size).reduce((a, b) => a + b, 0)).toBe(positions.count);
  });

  test.prop([anyCalls], { numRuns: 300 })('are those of the entries and the reads that lie there', (lines) => {
    const view = viewOfLines(lines);
    const { positions, tables } = view;
    const entries = Array.from({ length: tables.entryOp.length }, (_, entry) => nameOf(placeOfEntry(view, entry)));
    const reads = Array.from({ length: tables.readPage.length }, (_, read) => nameOf(placeOfRead(view, read)));
    const at = (position: number): string => (position < 0 ? 'nowhere' : nameOf(placeAt(view, position)));
    const isSaidPlain = (position: number): boolean =>
      [...positions.ofEntry].some((one, entry) => one === position && !tables.entrySub.has(entry)) ||
      [...positions.ofRead].some((one, read) => one === position && !tables.readSub.has(read));
    expect([...positions.ofEntry].map(at)).toEqual(entries);
    expect([...positions.ofRead].map(at)).toEqual(reads);
    for (let position = 0; position < positions.count; position += 1) {
      const name = at(position);
      expect(positions.sub(position) < 0).toBe(isSaidPlain(position));
      const among = (names: readonly string[]): readonly number[] =>
        names.flatMap((one, index) => (one === name ? [index] : []));
      expect(linked(positions.ackHead.at(position), positions.ackNext)).toEqual(among(entries));
      expect(linked(positions.readHead.at(position), positions.readNext)).toEqual(among(reads));
    }
  });
});

/** A dump of what was read. */
const withoutPuts = (lines: readonly HistoryLine[]): readonly HistoryLine[] =>
  lines
    .filter(({ type }) => type !== 'put' && type !== 'ack')
    .map((line) => (line.type === 'head' ? { ...line, recorded: ['pages'] } : line));

describe('what is odd', () => {
  test.prop([anyCalls, fc.boolean()], { numRuns: 300 })(
    'is what was not sent once, acknowledged, and read as it was sent; without puts, what is read in two ways',
    (lines, hasPuts) => {
      const { tables, positions, odd } = viewOfLines(hasPuts ? lines : withoutPuts(lines));
      const oddRecords = new Set<number>();
      const oddPlaces: number[] = [];
      for (let position = 0; position < positions.count; position += 1) {
        const acks = linked(positions.ackHead.at(position), positions.ackNext);
        const reads = linked(positions.readHead.at(position), positions.readNext);
        const records = [
          ...acks.map((ack) => tables.entryRecord.at(ack)),
          ...reads.map((read) => tables.readRecord.at(read)),
        ];
        const digests = [
          ...acks.map((ack) => tables.digests.text(tables.entryDigest.at(ack))),
          ...reads.map((read) => tables.digests.text(tables.digestOfRead(read))),
        ];
        const isPlain =
          acks.length === (hasPuts ? 1 : 0) &&
          records.every((record) => record >= 0 && record === records[0]) &&
          new Set(digests).size === 1 &&
          !reads.some((read) => tables.readKey.has(read));
        if (isPlain) continue;
        oddPlaces.push(position);
        for (const record of records) if (record >= 0) oddRecords.add(record);
      }
      for (let record = 0; record < tables.records.count; record += 1) {
        const entries = Array.from({ length: tables.entryOp.length }, (_, entry) => entry);
        const attempts = entries.filter((entry) => tables.entryRecord.at(entry) === record);
        if (attempts.length !== 1 || tables.entryStatus.at(attempts[0] ?? -1) !== 1) oddRecords.add(record);
      }
      expect(odd.places).toEqual(oddPlaces);
      expect(odd.records).toEqual([...oddRecords].sort((a, b) => a - b));
    },
  );
});
