import type { PageEvent, ReadRecord } from '../model/event.ts';
import type { Chronicle } from './chronicle.ts';
import type { Item } from './item.ts';
import { asWide, canonical, compareSeq, type Place, placeName } from './place.ts';

/** True for a record of the workload that was acknowledged and read, outside of aggregates. */
export const isStored = ({ isOwn, isInAggregate, stored, reads }: Item): boolean =>
  isOwn && !isInAggregate && stored.length > 0 && reads.length > 0;

/** True for such a record that was sent once and read at its acknowledged place alone. */
export const isPlain = (item: Item): boolean => {
  const [place] = item.stored;
  if (!isStored(item) || item.sendings.length !== 1 || place === undefined || item.n === undefined) return false;
  const name = placeName(place.shard, place);
  return item.reads.every((read) => placeName(read.place.shard, read.place) === name);
};

/** True if a reader began at the place of a record. */
export const isResumedAt = (chronicle: Chronicle, { reads }: Item): boolean =>
  reads.some(({ place: { shard, seq } }) => chronicle.resumed.has(placeName(shard, { seq })));

/** Returns the number right after another one of a shard; undefined if it is in use. */
export const numberBehind = (chronicle: Chronicle, shard: string, seq: string): string | undefined => {
  const numbers = chronicle.numbersOf(shard);
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareSeq(numbers[middle] ?? '', seq) <= 0) low = middle + 1;
    else high = middle;
  }
  const next = numbers[low];
  const fresh = BigInt(canonical(seq)) + 1n;
  return next === undefined || BigInt(canonical(next)) > fresh ? asWide(fresh, seq) : undefined;
};

/** Returns a record as it was read, without its sequence number; undefined if it was not read. */
export const contentOf = (chronicle: Chronicle, { reads }: Item): Omit<ReadRecord, 'seq'> | undefined => {
  const [read] = reads;
  const record = read === undefined ? undefined : recordAt(chronicle.line(read.line, 'page'), read.place);
  if (record === undefined) return undefined;
  const { seq: _, ...content } = record;
  return content;
};

export const recordAt = ({ shard, records = [] }: PageEvent, place: Place): ReadRecord | undefined => {
  const name = placeName(place.shard, place);
  return records.find((record) => placeName(shard, record) === name);
};
