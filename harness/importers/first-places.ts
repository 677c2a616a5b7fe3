import { isSequenceNumber } from '../model/sequence-number.ts';
import type { Mapping } from './mapping.ts';
import { shardName } from './row-parts.ts';
import { seenIn } from './seen-fields.ts';

/** The first sequence number of each shard, as far as the beginning of a file shows it. */
export type FirstPlaces = ReadonlyMap<string, string>;

/** The shard and the sequence number of one row. */
export type RowPlace = { readonly shard: unknown; readonly seq: unknown };

export const firstPlaces = (rows: readonly RowPlace[]): FirstPlaces => {
  const firsts = new Map<string, string>();
  for (const { shard, seq } of rows) {
    const name = shardName(shard) ?? '';
    if (isSequenceNumber(seq) && !firsts.has(name)) firsts.set(name, seq);
  }
  return firsts;
};

/** The shards and sequence numbers of rows, where the mapping finds them. */
export const placesIn = (rows: readonly unknown[], { shard, seq }: Mapping): readonly RowPlace[] => {
  const fields = seenIn(rows);
  const [numbers, shards] = [fields.get(seq?.text ?? ''), fields.get(shard?.text ?? '')];
  return (numbers?.rows ?? []).map((row, index) => ({
    seq: numbers?.values[index],
    shard: shards?.values[shards.rows.indexOf(row)],
  }));
};
