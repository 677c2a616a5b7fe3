import { none, type Trace } from '../trace/trace.ts';
import { decodeNumbers } from './codec.ts';
import { type ColumnName, hashScale, type PackedHeader } from './packed.ts';

/** Unpacks a trace from its decompressed bytes. */
export const unpack = ({ columns }: PackedHeader, bytes: Uint8Array): Trace => {
  const at = new Map<
    ColumnName,
    { readonly start: number; readonly length: number; readonly bytes: number; readonly constant?: number }
  >();
  let start = 0;
  for (const column of columns) {
    at.set(column.name, { ...column, start });
    start += column.bytes;
  }
  const fill = <A extends Int32Array | Float64Array>(name: ColumnName, make: (length: number) => A): A => {
    const found = at.get(name);
    const into = make(found?.length ?? 0);
    if (found === undefined) return into;
    if (found.constant !== undefined) return into.fill(found.constant) as A;
    return decodeNumbers(bytes.subarray(found.start, found.start + found.bytes), into);
  };
  const ints = (name: ColumnName): Int32Array => fill(name, (length) => new Int32Array(length));
  const floats = (name: ColumnName): Float64Array => fill(name, (length) => new Float64Array(length));
  const text = at.get('texts');
  const [keys = [], shards = [], readers = [], producers = [], errors = [], workers = [], seq = []] = JSON.parse(
    new TextDecoder().decode(bytes.subarray(text?.start ?? 0, (text?.start ?? 0) + (text?.bytes ?? 0))),
  ) as string[][];
  const flows = { key: ints('flowKey'), producer: ints('flowProducer') };
  const entryFlow = ints('entryFlow');
  const entryShard = ints('entryShard');
  const entries: Trace['entries'] = {
    flow: entryFlow,
    key: ints('entryKeyStep').map((step, entry) => step + (flows.key[entryFlow[entry] ?? none] ?? 0)),
    n: summedBy(floats('entryNStep'), entryFlow),
    place: Int32Array.from(summedBy(floats('entryPlaceStep'), entryShard)),
    error: ints('entryError'),
    hash: parts(floats('entryHash')),
  };
  const places = { shard: ints('placeShard'), sub: ints('placeSub'), seq, entry: ints('placeEntry').fill(none) };
  for (let entry = entries.place.length - 1; entry >= 0; entry -= 1) {
    const place = entries.place[entry] ?? none;
    if (place >= 0) places.entry[place] = entry;
  }
  return {
    names: { keys, shards, readers, producers, errors, workers },
    flows,
    keyHash: parts(floats('keyHash')),
    calls: {
      op: ints('callOp'),
      line: ints('callLine'),
      t: floats('callT'),
      ackLine: ints('callAckLine'),
      ackT: floats('callAckT'),
      producer: ints('callProducer'),
      api: ints('callApi'),
      outcome: ints('callOutcome'),
      error: ints('callError'),
      first: firsts(ints('callCount')),
    },
    entries,
    places,
    pages: {
      line: ints('pageLine'),
      t0: floats('pageT0'),
      t: floats('pageT'),
      reader: ints('pageReader'),
      chain: ints('pageChain'),
      shard: ints('pageShard'),
      worker: ints('pageWorker'),
      behind: floats('pageBehind'),
      more: ints('pageMore'),
      start: ints('pageStart'),
      error: ints('pageError'),
      first: firsts(ints('pageCount')),
    },
    deliveries: deliveriesOf(ints('readPlace'), ints('readFlow'), floats('readN'), places.entry, entries),
  };
};

const parts = (column: Float64Array): Float64Array => column.map((value) => (value < 0 ? none : value / hashScale));

const firsts = (counts: Int32Array): Int32Array => {
  const first = new Int32Array(counts.length + 1);
  for (const [index, count] of counts.entries()) first[index + 1] = (first[index] ?? 0) + count;
  return first;
};

const summedBy = (steps: Float64Array, groups: Int32Array): Float64Array => {
  const last = new Map<number, number>();
  return steps.map((step, index) => {
    const group = groups[index] ?? none;
    const value = (last.get(group) ?? none) + 1 + step;
    last.set(group, value);
    return value;
  });
};

const deliveriesOf = (
  place: Int32Array,
  flow: Int32Array,
  n: Float64Array,
  entryOf: Int32Array,
  entries: Trace['entries'],
): Trace['deliveries'] => {
  for (const [index, told] of flow.entries()) {
    const entry = entryOf[place[index] ?? none] ?? none;
    flow[index] = told === 0 ? (entries.flow[entry] ?? none) : told - 2;
    if (told === 0) n[index] = entries.n[entry] ?? none;
  }
  return { place, flow, n };
};
