import type { Ints } from '../../lib/columns.ts';
import type { Positions } from './positions.ts';
import { outcome, type Tables } from './tables.ts';

/**
 * What is not plain. A plain record was sent once, acknowledged, and read only where it was acknowledged, with the
 * bytes that were sent; a plain place belongs to one plain record. Most checks can only find something among the odd
 * ones, and almost nothing is odd: this is what keeps judging as fast as reading.
 */
export type Odd = { readonly records: readonly number[]; readonly places: readonly number[] };

type Lists = {
  readonly tables: Tables;
  readonly positions: Positions;
  readonly attemptHead: Ints;
  readonly attemptNext: Int32Array;
  readonly hasPuts: boolean;
};

export const findOdd = (lists: Lists): Odd => {
  const { tables, positions } = lists;
  const isOddRecord = new Uint8Array(tables.records.count);
  const places: number[] = [];
  for (let place = 0; place < positions.count; place += 1) {
    if (isPlainPlace(lists, place)) continue;
    places.push(place);
    markAll(lists, place, isOddRecord);
  }
  const records: number[] = [];
  for (let record = 0; record < tables.records.count; record += 1) {
    if (isOddRecord[record] === 1 || !isPlainRecord(lists, record)) records.push(record);
  }
  return { records, places };
};

const isPlainPlace = (lists: Lists, place: number): boolean => {
  const { tables, positions } = lists;
  const ack = positions.ackHead.at(place);
  if (ack >= 0 && (positions.ackNext[ack] ?? -1) >= 0) return false;
  let read = positions.readHead.at(place);
  if (ack < 0 && lists.hasPuts) return false;
  const record = ack >= 0 ? tables.entryRecord.at(ack) : tables.readRecord.at(read);
  if (record < 0) return false;
  const digest = ack >= 0 ? tables.entryDigest.at(ack) : tables.digestOfRead(read);
  for (; read >= 0; read = positions.readNext[read] ?? -1) {
    if (tables.readRecord.at(read) !== record || !tables.digests.same(tables.digestOfRead(read), digest)) return false;
    if (tables.readKey.size > 0 && tables.readKey.has(read)) return false;
  }
  return true;
};

/** If puts were not recorded, no record is plain: there is nothing to compare it with. */
const isPlainRecord = (lists: Lists, record: number): boolean => {
  const entry = lists.attemptHead.at(record);
  if (entry < 0 || (lists.attemptNext[entry] ?? -1) >= 0) return false;
  return lists.tables.entryStatus.at(entry) === outcome.ok;
};

const markAll = ({ tables, positions }: Lists, place: number, isOdd: Uint8Array): void => {
  for (let ack = positions.ackHead.at(place); ack >= 0; ack = positions.ackNext[ack] ?? -1) {
    isOdd[tables.entryRecord.at(ack)] = 1;
  }
  for (let read = positions.readHead.at(place); read >= 0; read = positions.readNext[read] ?? -1) {
    const record = tables.readRecord.at(read);
    if (record >= 0) isOdd[record] = 1;
  }
};
