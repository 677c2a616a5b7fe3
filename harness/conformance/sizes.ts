import type { RawAnswer, RawOperation } from '../kinesis/raw.ts';
import { accepted, must, refused } from './outcome.ts';
import type { Probe, StreamOptions } from './probe.ts';
import { readPage } from './reading.ts';
import type { ProbeStream } from './stream.ts';

/** Sizes in bytes. */
export const kib = 1024;
export const mib = 1024 * kib;

/** `n` bytes, all zero but every 509th. */
export const blob = (n: number): Uint8Array => {
  const data = new Uint8Array(n);
  for (let at = 0; at < n; at += 509) data[at] = at % 251;
  return data;
};

type Side<O extends RawOperation> = {
  readonly what: string;
  readonly ask: (stream: ProbeStream) => Promise<RawAnswer<O>>;
};

export type Edge<O extends RawOperation> = {
  /** At the limit: accepted, and `records` are stored. */
  readonly at: Side<O>;
  /** One above: refused, and nothing is stored. */
  readonly above: Side<O>;
  readonly records: number;
  readonly errors: readonly string[];
  readonly stream?: StreamOptions;
};

/** Tests a write limit from both sides. Each side has its own stream, so that it is clear what was stored. */
export const heldAtTheEdge = async <O extends RawOperation>(probe: Probe, edge: Edge<O>): Promise<string> => {
  const { at, above, records } = edge;
  const [below, beyond] = [await probe.stream(edge.stream), await probe.stream(edge.stream)];
  accepted(await at.ask(below), at.what);
  const stored = (await below.stored(records)).length;
  must(stored === records, `${at.what} was accepted, ${stored} of ${records} records are stored`);
  const answer = await above.ask(beyond);
  const isStored = await holdsARecord(probe, beyond);
  must(!answer.ok, `${above.what} was accepted${isStored ? ' and stored' : '; nothing of it is stored'}`);
  const error = refused(answer, above.what, edge.errors);
  must(!isStored, `${above.what} was refused with ${error}, yet something of it is stored`);
  return `${at.what} is stored; ${above.what} is refused with ${error}`;
};

/**
 * True if any shard holds a record. Reads one record for each shard, because reading mebibytes takes some engines
 * seconds.
 */
const holdsARecord = async (probe: Probe, stream: ProbeStream): Promise<boolean> => {
  for (const { id } of await stream.shards()) {
    const page = await readPage(probe, { shard: id, iterator: await stream.iterator(id), limit: 1 });
    if (page.records.length > 0) return true;
  }
  return false;
};
