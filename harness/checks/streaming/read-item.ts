import { itemBit, type LineColumns, rareBit } from '../../model/line-columns.ts';
import { type Delivered, foreignFlow } from './delivered.ts';
import type { StreamingRun } from './streaming-run.ts';

/** Copies the digest of an item of a put or a page into `to`. */
export const takeDigest = (to: Delivered, hot: LineColumns, item: number, has: number): void => {
  const isTold = (has & itemBit.digest) !== 0;
  to.hasDigest = isTold ? 1 : 0;
  to.high = isTold ? (hot.digestHigh[item] as number) : 0;
  to.low = isTold ? (hot.digestLow[item] as number) : 0;
};

/** True if the key in the identity of a record is its partition key, or is absent. */
export const isIdKey = (
  { tables }: StreamingRun,
  { has, source, idKeyStart, idKeyEnd }: LineColumns,
  item: number,
  key: number,
): boolean =>
  ((has[item] as number) & itemBit.idKey) === 0 ||
  tables.records.keys.isAt(key, source.words, idKeyStart[item] as number, idKeyEnd[item] as number);

const identity = itemBit.n | itemBit.producer | itemBit.idKey | itemBit.sub | rareBit;

/** True for a foreign record: it has a key, and nothing that tells who sent it. */
export const isForeign = (has: number): boolean => (has & (identity | itemBit.name)) === itemBit.name;

/** Copies a foreign record into `to`. */
export const takeForeign = (to: Delivered, hot: LineColumns, item: number): void => {
  const has = hot.has[item] as number;
  takeDigest(to, hot, item, has);
  to.flow = foreignFlow;
  to.n = 0;
  to.sub = 0;
  to.arrival = (has & itemBit.arrival) === 0 ? Number.NaN : (hot.arrival[item] as number);
};
