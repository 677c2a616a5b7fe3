import { join } from 'node:path';
import { openRecorder } from '../history/open-recorder.ts';
import type { Recorder } from '../history/recorder.ts';
import type { Kinesis, StreamSummary } from '../kinesis/kinesis.ts';
import { counter } from '../lib/counter.ts';
import type { HarnessError } from '../lib/error.ts';
import type { Head } from '../model/event.ts';
import { type Counters, counters } from '../run/counters.ts';
import { type Topologies, topologies } from '../run/topologies.ts';
import type { Fetchers } from '../subjects/fetchers.ts';
import { counterIds } from '../tap/counter-ids.ts';
import type { Identify } from '../tap/identity/record-identity.ts';
import { type MarkedIds, markedIds } from '../tap/marked-ids.ts';
import { orderIds } from '../tap/order-ids.ts';
import type { StreamRef } from '../tap/stream-ref.ts';
import { StreamTap } from '../tap/stream-tap.ts';
import { recordHead } from './head.ts';
import type { RecordOptions } from './options.ts';
import { pastEnds, presentIds } from './past-end.ts';

export type OpenOptions = {
  readonly options: RecordOptions;
  readonly ref: StreamRef;
  readonly kinesis: Kinesis;
  readonly summary: StreamSummary;
  /** The file name of the history, in the folder of the run. */
  readonly fileName: string;
  readonly identify: Identify | undefined;
  readonly skewMs: number | undefined;
  readonly recorded: NonNullable<Head['recorded']>;
  /** True if this tool created the stream. */
  readonly isOurs: boolean;
  /** True if others may write to the stream, past the gateway. */
  readonly isShared: boolean;
  readonly isResharded: boolean;
  /** True if the stream existed before the recording. */
  readonly hasPast: boolean;
  /** The next op. Ops are unique over all histories of a recording. */
  readonly nextOp: (stream: () => OpenStream) => number;
  readonly onAcked: (records: number) => void;
  /** The clients of consumers under test. */
  readonly fetchers: Fetchers;
  readonly onDiskError: (error: HarnessError) => void;
  readonly signal: AbortSignal;
};

/** A stream whose history is being written. */
export type OpenStream = {
  readonly ref: StreamRef;
  readonly kinesis: Kinesis;
  readonly path: string;
  readonly recorder: Recorder;
  readonly tap: StreamTap;
  readonly ids: MarkedIds;
  readonly counts: Counters;
  readonly topologies: Topologies;
  readonly isOurs: boolean;
  readonly isResharded: boolean;
  /** Where the final reading begins, Unix milliseconds; undefined: at TRIM_HORIZON. */
  readonly since: number | undefined;
  readonly nextOp: () => number;
  readonly nextChain: () => number;
  /** Notes for the user, beside the verdict. */
  readonly notes: string[];
  readonly note: (text: string) => void;
};

/** How long a reshard may take, milliseconds on a fast engine. Emulators need seconds, AWS minutes. */
const settleMs = 30_000;
/**
 * On AWS, a stream may hold the records of a day or a year. So records that were stored more than this long before the
 * recording are not read.
 */
const marginMs = 60_000;

/** Begins the history of a stream: writes its head, and its shards as they are before the waiting call is sent. */
export const openStream = async (open: OpenOptions): Promise<OpenStream> => {
  const { options, ref, kinesis, identify, isShared, signal } = open;
  const { clock, folder, target, reshard, run, identityText } = options;
  const path = join(folder, open.fileName);
  const recorder = await openRecorder({
    path,
    head: recordHead({ ...options, ...open, stream: ref.name }),
    clock,
    onError: open.onDiskError,
  });
  const since = open.hasPast && target.client.endpoint === undefined ? clock.wallMs() - marginMs : undefined;
  const past = { kinesis, stream: ref.name, since, pauseMs: target.pollMsMin ?? 0, sleep: clock.sleep, signal };
  // Tests share a stream and send the same payloads, so the stream is first read to its current end.
  const ends = open.hasPast && options.recorder === 'middleware' ? await pastEnds(past) : new Map<string, string>();
  const known = markedIds(
    identify === undefined ? orderIds(run) : counterIds({ text: identityText, identify, ownRun: run, isShared }),
  );
  const ids = ends.size === 0 ? known : presentIds(known, ends);
  const counts = counters();
  const [nextChain, nextReshard] = [counter(), counter(open.isResharded ? reshard.length : 0)];
  const lists = topologies({
    kinesis,
    stream: ref.name,
    recorder,
    onList: (event) => tap.learn(event),
    settleMs: settleMs * target.slowness,
    signal,
  });
  const nextOp = (): number => open.nextOp(() => stream);
  const tap = new StreamTap({
    write: open.fetchers.watch(recorder.write),
    now: recorder.now,
    ids,
    nextOp,
    nextChain,
    nextReshard,
    producerOf: ({ port }) => (open.fetchers.has(port) ? port : options.producer),
    clientOf: ({ port }) => open.fetchers.clientOf(port),
    readerEvent: (reader) => open.fetchers.readerEvent(reader),
    unsubscribed: (subscription) => open.fetchers.unsubscribed(subscription),
    onAcked: (places) => {
      for (const { shard, seq } of places) counts.noteAck(shard, seq);
      open.onAcked(places.length);
    },
    onUnknownShard: lists.lookAgain,
    settled: lists.settled,
  });
  const notes: string[] = [];
  const note = (text: string): void => {
    notes.push(text);
    recorder.write({ type: 'note', text });
  };
  const { isOurs, isResharded } = open;
  const more = { since, isOurs, isResharded, nextOp, nextChain, notes, note };
  const stream: OpenStream = { ref, kinesis, path, recorder, tap, ids, counts, topologies: lists, ...more };
  await lists.list();
  recorder.write({ type: 'phase', phase: 'load' });
  return stream;
};
