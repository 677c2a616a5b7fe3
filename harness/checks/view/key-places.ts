import { Ints } from '../../lib/columns.ts';
import type { View } from './view.ts';

/** Lowest and highest place of one partition key in one shard, over everybody who wrote or read it. Sentinels and aggregated records stand apart. */
export type KeyPlaces = {
  readonly key: Ints;
  readonly shard: Ints;
  readonly low: Ints;
  readonly high: Ints;
  /** Rows of a key, first to last met. */
  readonly ofKey: (key: number) => readonly number[];
  /** Keys that lie in more than one shard. */
  readonly wide: readonly number[];
};

const known = new WeakMap<View, KeyPlaces>();

export const keyPlacesOf = (view: View): KeyPlaces => {
  const before = known.get(view);
  if (before !== undefined) return before;
  const made = readKeyPlaces(view);
  known.set(view, made);
  return made;
};

const readKeyPlaces = (view: View): KeyPlaces => {
  const rows = { key: new Ints(), shard: new Ints(), low: new Ints(), high: new Ints() };
  // Places go shard by shard, so the last row of a key is the right one unless the shard has changed.
  const last = new Int32Array(view.tables.records.keys.size).fill(-1);
  const wide = new Map<number, number[]>();
  for (let place = 0; place < view.positions.count; place += 1) {
    const key = keyAt(view, place);
    if (key < 0) continue;
    const shard = view.positions.shard.at(place);
    const row = last[key] ?? -1;
    if (row >= 0 && rows.shard.at(row) === shard) {
      rows.high.set(row, place);
      continue;
    }
    const made = rows.key.push(key);
    rows.shard.push(shard);
    rows.low.push(place);
    rows.high.push(place);
    last[key] = made;
    if (row < 0) continue;
    const known = wide.get(key);
    if (known === undefined) wide.set(key, [row, made]);
    else known.push(made);
  }
  return {
    ...rows,
    ofKey: (key) => wide.get(key) ?? ((last[key] ?? -1) < 0 ? [] : [last[key] ?? -1]),
    wide: [...wide.keys()],
  };
};

/** The partition key of what lies at a place: of who was acknowledged there, else of who was read there; -1 where it does not count. */
const keyAt = (view: View, place: number): number => {
  const { tables, positions } = view;
  const ack = positions.ackHead.at(place);
  if (ack >= 0) return counts(view, ack) ? tables.records.flowKey.at(tables.entryFlow.at(ack)) : -1;
  for (let read = positions.readHead.at(place); read >= 0; read = positions.readNext[read] ?? -1) {
    const record = tables.readRecord.at(read);
    if (record < 0) continue;
    const first = view.attemptHead.at(record);
    if (first < 0 ? view.hasPuts : !counts(view, first)) return -1;
    return tables.records.flowKey.at(tables.records.flow.at(record));
  }
  return -1;
};

const counts = ({ tables }: View, entry: number): boolean =>
  tables.opSentinel.at(tables.entryOp.at(entry)) === 0 && (tables.entryPart.size === 0 || !tables.entryPart.has(entry));
