import type { Draft } from './draft.ts';
import { keyPart } from './hash-part.ts';
import { none, type Trace } from './trace.ts';

/** So many places have their whole numbers in a trace: texts of 56 digits are most of what a small history holds. */
const seqsMax = 20_000;

/** The columns as they are drawn from: places in consumption order, `shards` telling which shard comes before which. */
export const finishTrace = (draft: Draft, shards: readonly string[]): Trace & { readonly rankOf: Int32Array } => {
  const { order, rankOf } = ranked(draft, shards);
  const entries = draft.entryFlow.length;
  const place = mapped(draft.entryPlace.data, entries, rankOf);
  const placeEntry = new Int32Array(order.length).fill(none);
  for (let entry = entries - 1; entry >= 0; entry -= 1)
    if ((place[entry] ?? none) >= 0) placeEntry[place[entry] ?? 0] = entry;
  const { readers, producers, errors, workers, places } = draft;
  const keys = usedKeys(draft);
  return {
    rankOf,
    names: {
      keys: keys.names,
      shards: draft.shards.names,
      readers: readers.names,
      producers: producers.names,
      errors: errors.names,
      workers: workers.names,
    },
    flows: { key: mapped(draft.flowKey.data, draft.flowKey.length, keys.to), producer: whole(draft.flowProducer) },
    keyHash: Float64Array.from(keys.names, keyPart),
    calls: callsOf(draft),
    entries: {
      flow: whole(draft.entryFlow),
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
      place: mapped(draft.readPlace.data, draft.readPlace.length, rankOf),
      flow: whole(draft.readFlow),
      n: whole(draft.readN),
    },
  };
};

/** Where records were left out, most keys are not named by any that is kept. */
const usedKeys = ({
  keys,
  flowKey,
  entryKey,
}: Draft): { readonly names: readonly string[]; readonly to: Int32Array } => {
  const to = new Int32Array(keys.size).fill(none);
  const names: string[] = [];
  for (const { data, length } of [flowKey, entryKey])
    for (let index = 0; index < length; index += 1) {
      const key = data[index] ?? 0;
      if ((to[key] ?? none) < 0) to[key] = names.push(keys.name(key)) - 1;
    }
  return { names, to };
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

/** Places by shard, and inside a shard by number; shards that no list names stand at the end. */
const ranked = ({ places, shards: names }: Draft, shards: readonly string[]): Ranked => {
  const first = [...shards, ...names.names.filter((name) => !shards.includes(name))].map((name) => names.find(name));
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
