import type { Draft } from './draft.ts';
import { keyPart } from './hash-part.ts';
import { none, type Trace } from './trace.ts';

/** Up to this many places, a trace keeps full sequence numbers: texts of 56 digits are most of a small history. */
const seqsMax = 20_000;

/** A trace, and the new numbers of the draft's places and flows. */
export type FinishedTrace = Trace & { readonly rankOf: Int32Array; readonly flowOf: Int32Array };

/** The columns for drawing. `shards` gives the order of shards, so that places are in consumption order. */
export const finishTrace = (draft: Draft, shards: readonly string[]): FinishedTrace => {
  const { order, rankOf } = ranked(draft, shards);
  const entries = draft.entryFlow.length;
  const place = mapped(draft.entryPlace.data, entries, rankOf);
  const placeEntry = new Int32Array(order.length).fill(none);
  for (let entry = entries - 1; entry >= 0; entry -= 1)
    if ((place[entry] ?? none) >= 0) placeEntry[place[entry] ?? 0] = entry;
  const { readers, producers, errors, workers, places } = draft;
  const deliveryPlace = mapped(draft.readPlace.data, draft.readPlace.length, rankOf);
  const readFlow = whole(draft.readFlow).map((flow, index) =>
    isMarker(draft, placeEntry, deliveryPlace[index] ?? none) ? none : flow,
  );
  const flows = used(draft.flowKey.length, [whole(draft.entryFlow), readFlow]);
  const keys = used(draft.keys.size, [
    whole(draft.entryKey),
    Int32Array.from(flows.from, (flow) => draft.flowKey.at(flow)),
  ]);
  const keyNames = keys.from.map((key) => draft.keys.name(key));
  return {
    rankOf,
    names: {
      keys: keyNames,
      shards: draft.shards.names,
      readers: readers.names,
      producers: producers.names,
      errors: errors.names,
      workers: workers.names,
    },
    flows: {
      key: Int32Array.from(flows.from, (flow) => keys.to[draft.flowKey.at(flow)] ?? none),
      producer: Int32Array.from(flows.from, (flow) => draft.flowProducer.at(flow)),
    },
    flowOf: flows.to,
    keyHash: Float64Array.from(keyNames, keyPart),
    calls: callsOf(draft),
    entries: {
      flow: mapped(draft.entryFlow.data, entries, flows.to),
      key: mapped(draft.entryKey.data, entries, keys.to),
      n: whole(draft.entryN),
      place,
      error: whole(draft.entryError),
      hash: whole(draft.entryHash),
    },
    places: {
      shard: Int32Array.from(order, (id) => draft.places.shard.at(id)),
      sub: Int32Array.from(order, (id) => draft.places.sub.at(id)),
      seq: order.length > seqsMax ? [] : Array.from(order, (id) => places.numbers.text(id)),
      entry: placeEntry,
    },
    pages: pagesOf(draft),
    deliveries: {
      place: deliveryPlace,
      flow: mapped(readFlow, readFlow.length, flows.to),
      n: whole(draft.readN).map((n, index) => ((readFlow[index] ?? none) < 0 ? none : n)),
    },
  };
};

/** A sentinel of this tool belongs to no flow. */
const isMarker = (draft: Draft, placeEntry: Int32Array, place: number): boolean => {
  const entry = place < 0 ? none : (placeEntry[place] ?? none);
  return entry >= 0 && draft.entryFlow.at(entry) < 0;
};

/**
 * The items that the columns refer to, in the order of first use (`from`), and the new index of each (`to`, -1:
 * unused).
 */
const used = (
  size: number,
  columns: readonly Int32Array[],
): { readonly from: readonly number[]; readonly to: Int32Array } => {
  const to = new Int32Array(size).fill(none);
  const from: number[] = [];
  for (const column of columns)
    for (const id of column) if (id >= 0 && (to[id] ?? none) < 0) to[id] = from.push(id) - 1;
  return { from, to };
};

const callsOf = (draft: Draft): Trace['calls'] => ({
  op: whole(draft.callOp),
  line: whole(draft.callLine),
  t: whole(draft.callT),
  ackLine: whole(draft.callAckLine),
  ackT: whole(draft.callAckT),
  producer: whole(draft.callProducer),
  api: whole(draft.callApi),
  outcome: whole(draft.callOutcome),
  error: whole(draft.callError),
  first: bounded(draft.callFirst, draft.entryFlow.length),
});

const pagesOf = (draft: Draft): Trace['pages'] => ({
  line: whole(draft.pageLine),
  t0: whole(draft.pageT0),
  t: whole(draft.pageT),
  reader: whole(draft.pageReader),
  chain: whole(draft.pageChain),
  shard: whole(draft.pageShard),
  worker: whole(draft.pageWorker),
  behind: whole(draft.pageBehind),
  more: whole(draft.pageMore),
  start: whole(draft.pageStart),
  error: whole(draft.pageError),
  first: bounded(draft.pageFirst, draft.readPlace.length),
});

type Column<A> = { readonly data: A; readonly length: number };
const whole = <A extends Int32Array | Float64Array>({ data, length }: Column<A>): A => data.slice(0, length) as A;

const bounded = ({ data, length }: Column<Int32Array>, end: number): Int32Array => {
  const column = new Int32Array(length + 1);
  column.set(data.subarray(0, length));
  column[length] = end;
  return column;
};

const mapped = (ids: Int32Array, length: number, to: Int32Array): Int32Array =>
  Int32Array.from({ length }, (_, index) => {
    const id = ids[index] ?? none;
    return id < 0 ? none : (to[id] ?? none);
  });

type Ranked = { readonly order: Int32Array; readonly rankOf: Int32Array };

/** Places by shard, and in a shard by number; unlisted shards come last. */
const ranked = ({ places, shards: names }: Draft, shards: readonly string[]): Ranked => {
  const listed = new Set(shards);
  const first = [...shards, ...names.names.filter((name) => !listed.has(name))].map((name) => names.find(name));
  const byShard: number[][] = Array.from({ length: names.size }, () => []);
  for (let id = 0; id < places.size; id += 1) byShard[places.shard.at(id)]?.push(id);
  const order = new Int32Array(places.size);
  const rankOf = new Int32Array(places.size);
  let rank = 0;
  for (const shard of first) {
    for (const id of (byShard[shard] ?? []).sort((a, b) => places.compare(a, b))) {
      order[rank] = id;
      rankOf[id] = rank;
      rank += 1;
    }
  }
  return { order, rankOf };
};
