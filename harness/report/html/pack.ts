import { gzipSync } from 'node:zlib';
import { visible } from '../../lib/visible.ts';
import { none, type Trace } from '../trace/trace.ts';
import { encodeNumbers } from './codec.ts';
import {
  type ColumnName,
  columnNames,
  hashScale,
  type PackedColumn,
  type PackedHeader,
  textLists,
  textsOf,
} from './packed.ts';

export type Packed = { readonly header: PackedHeader; readonly base64: string };

/** A trace as one text for the page: its columns, compressed, in base64. The text contains no `<`. */
export const pack = (trace: Trace): Packed => {
  const flat = { ...flatten(trace), texts: undefined };
  const parts: Uint8Array[] = [];
  const columns = columnNames.map((name): PackedColumn => {
    if (name === 'texts') {
      const text = Buffer.from(JSON.stringify(textLists.map((list) => textsOf(trace)[list].map(visible))));
      parts.push(text);
      return { name, length: text.length, bytes: text.length };
    }
    const values = flat[name];
    const constant = constantOf(values);
    if (constant !== undefined) return { name, length: values.length, bytes: 0, constant };
    const bytes = encodeNumbers(values);
    parts.push(bytes);
    return { name, length: values.length, bytes: bytes.length };
  });
  return { header: { columns }, base64: gzipSync(Buffer.concat(parts)).toString('base64') };
};

type Numbers = Exclude<ColumnName, 'texts'>;

const constantOf = (values: ArrayLike<number>): number | undefined => {
  const first = values[0];
  if (first === undefined) return 0;
  for (let index = 1; index < values.length; index += 1) if (values[index] !== first) return undefined;
  return first;
};

const flatten = (trace: Trace): Readonly<Record<Numbers, ArrayLike<number>>> => {
  const { flows, calls, entries, places, pages, deliveries } = trace;
  return {
    flowKey: flows.key,
    flowProducer: flows.producer,
    keyHash: scaled(trace.keyHash),
    callOp: calls.op,
    callLine: calls.line,
    callT: calls.t,
    callAckLine: calls.ackLine,
    callAckT: calls.ackT,
    callProducer: calls.producer,
    callApi: calls.api,
    callOutcome: calls.outcome,
    callError: calls.error,
    callCount: counts(calls.first),
    entryFlow: entries.flow,
    entryKeyStep: entries.key.map((key, entry) => key - (flows.key[entries.flow[entry] ?? none] ?? 0)),
    entryNStep: stepsBy(entries.n, entries.flow),
    entryShard: entries.place.map((place) => places.shard[place] ?? none),
    entryPlaceStep: stepsBy(
      entries.place,
      entries.place.map((place) => places.shard[place] ?? none),
    ),
    entryError: entries.error,
    entryHash: scaled(entries.hash),
    placeShard: places.shard,
    placeSub: places.sub,
    placeEntry: firstsOnly(trace),
    pageLine: pages.line,
    pageT0: pages.t0,
    pageT: pages.t,
    pageReader: pages.reader,
    pageChain: pages.chain,
    pageShard: pages.shard,
    pageWorker: pages.worker,
    pageBehind: pages.behind,
    pageMore: pages.more,
    pageStart: pages.start,
    pageError: pages.error,
    pageCount: counts(pages.first),
    readPlace: deliveries.place,
    ...readIdentity(trace),
  };
};

const scaled = (parts: Float64Array): Float64Array =>
  parts.map((part) => (part < 0 ? none : Math.round(part * hashScale)));

const counts = (first: Int32Array): Int32Array => first.subarray(1).map((end, index) => end - (first[index] ?? 0));

/** The difference of each value to the one before it in its group, minus one. All are zero if numbers count up. */
const stepsBy = (values: Int32Array | Float64Array, groups: Int32Array): Float64Array => {
  const last = new Map<number, number>();
  return Float64Array.from({ length: values.length }, (_, index) => {
    const [value, group] = [values[index] ?? none, groups[index] ?? none];
    const step = value - (last.get(group) ?? none) - 1;
    last.set(group, value);
    return step;
  });
};

/** Zeros: `unpack` finds the first entry of each place from the entries, so it is not packed. */
const firstsOnly = ({ places }: Trace): Int32Array => new Int32Array(places.entry.length);

/**
 * `readFlow` is 0 for the record that was acknowledged at its place. Otherwise it is the flow plus two, because a flow
 * may be -1, and `readN` is the number of the record.
 */
const readIdentity = ({
  deliveries,
  places,
  entries,
}: Trace): Pick<Readonly<Record<Numbers, ArrayLike<number>>>, 'readFlow' | 'readN'> => {
  const readFlow = new Int32Array(deliveries.flow.length);
  const readN = new Float64Array(deliveries.flow.length);
  for (const [index, flow] of deliveries.flow.entries()) {
    const entry = places.entry[deliveries.place[index] ?? none] ?? none;
    const n = deliveries.n[index] ?? none;
    if (entry >= 0 && entries.flow[entry] === flow && entries.n[entry] === n) continue;
    readFlow[index] = flow + 2;
    readN[index] = n;
  }
  return { readFlow, readN };
};
