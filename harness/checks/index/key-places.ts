import { Ints } from '../../lib/columns.ts';
import { oncePer } from '../../lib/once-per.ts';
import { unidentifiedOf } from './unidentified.ts';
import type { View } from './view.ts';

/**
 * Lowest and highest place of one partition key in one shard, over all producers and readers. Sentinels stand apart.
 */
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

/** Of every record of a key, aggregated or not. */
export const keyPlacesOf = oncePer((view: View): KeyPlaces => readKeyPlaces(view, () => true));

/** Of records that went where their own key leads. User records are left out: they go where their aggregate goes. */
export const routedPlacesOf = oncePer((view: View): KeyPlaces => {
  const { tables, positions } = view;
  if (tables.entryPart.size + tables.readSub.size === 0) return keyPlacesOf(view);
  return readKeyPlaces(view, (place, entry) => !tables.entryPart.has(entry) && positions.sub(place) < 0);
});

/** Whether what lies at a place counts; `entry` is a put of it, -1 where none is known. */
type Counts = (place: number, entry: number) => boolean;

const readKeyPlaces = (view: View, counts: Counts): KeyPlaces => {
  const rows = { key: new Ints(), shard: new Ints(), low: new Ints(), high: new Ints() };
  // Places go shard by shard, so the last row of a key is the right one unless the shard has changed.
  const last: number[] = [];
  const wide = new Map<number, number[]>();
  const keyless = view.tables.records.keys.find('');
  const note = (key: number, place: number): void => {
    if (key < 0 || key === keyless) return;
    const shard = view.positions.shard.at(place);
    const row = last[key] ?? -1;
    if (row >= 0 && rows.shard.at(row) === shard) {
      rows.high.set(row, place);
      return;
    }
    const made = rows.key.push(key);
    rows.shard.push(shard);
    rows.low.push(place);
    rows.high.push(place);
    last[key] = made;
    if (row < 0) return;
    const known = wide.get(key);
    if (known === undefined) wide.set(key, [row, made]);
    else known.push(made);
  };
  const { ackHead, ackNext } = view.positions;
  for (let place = 0; place < view.positions.count; place += 1) {
    const first = ackHead.at(place);
    if (first < 0) note(keyOfReads(view, place, counts), place);
    // A place that was acknowledged to several records counts for each of their keys.
    for (let ack = first; ack >= 0; ack = ackNext[ack] ?? -1) note(keyOfAck(view, place, ack, counts), place);
  }
  return {
    ...rows,
    ofKey: (key) => wide.get(key) ?? ((last[key] ?? -1) < 0 ? [] : [last[key] ?? -1]),
    wide: [...wide.keys()],
  };
};

const isWork = ({ tables }: View, entry: number): boolean => tables.opSentinel.at(tables.entryOp.at(entry)) === 0;

/** The partition key of who was acknowledged at a place; -1 where it does not count. */
const keyOfAck = (view: View, place: number, ack: number, counts: Counts): number =>
  isWork(view, ack) && counts(place, ack) ? view.tables.records.flowKey.at(view.tables.entryFlow.at(ack)) : -1;

/** The partition key of a record at a place: that of its acknowledgement there, else `partitionKeyOf`. */
export const partitionKeyAt = (view: View, place: number, record: number): number => {
  const { tables, positions } = view;
  const ack = positions.ackHead.at(place);
  if (ack >= 0) return tables.records.flowKey.at(tables.entryFlow.at(ack));
  return partitionKeyOf(view, record, view.attemptHead.at(record), positions.readHead.at(place));
};

/** Returns the key that a record was sent with, else the PartitionKey of its read; -1: neither is known. */
const partitionKeyOf = (view: View, record: number, first: number, read: number): number => {
  const { tables } = view;
  const { records, namedFlows } = tables;
  if (first >= 0) return records.flowKey.at(tables.entryFlow.at(first));
  const flow = records.flow.at(record);
  if (!namedFlows.has(flow)) return records.flowKey.at(flow);
  return keyOfRead(view, read);
};

/** What came back as PartitionKey; -1: nothing did. */
export const keyOfRead = ({ tables }: View, read: number): number => {
  const key = tables.readKey.get(read);
  return key === undefined ? -1 : tables.records.keys.id(key);
};

/** The partition key of what was read at a place without acknowledgement; -1: it does not count. */
const keyOfReads = (view: View, place: number, counts: Counts): number => {
  const { tables, positions } = view;
  for (let read = positions.readHead.at(place); read >= 0; read = positions.readNext[read] ?? -1) {
    const record = tables.readRecord.at(read);
    if (record < 0) {
      // Where nothing has an identity, all that came back counts. Contract, rule 21.
      if (!view.hasPuts && unidentifiedOf(view).all > 0 && counts(place, -1)) return keyOfRead(view, read);
      continue;
    }
    const first = view.attemptHead.at(record);
    if (first < 0 ? view.hasPuts : !isWork(view, first)) return -1;
    return counts(place, first) ? partitionKeyOf(view, record, first, read) : -1;
  }
  return -1;
};
