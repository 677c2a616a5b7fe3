import type { ReadTools } from '../consumers/consumer.ts';
import { consumers } from '../consumers/registry.ts';
import { watchedReads } from '../consumers/watched-reads.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import type { ReaderRole, ShardInfo } from '../model/event.ts';
import { touches } from '../model/slice.ts';
import type { Counters } from './counters.ts';
import { within } from './deadline.ts';
import type { DriveOptions } from './drive-options.ts';
import { follow } from './follow.ts';
import type { OwnRecords } from './own-records.ts';
import { plannedRecords } from './produce.ts';

export type Readers = {
  /** Starts the live readers. `onFailed` is called if a reader cannot continue: the producers should then stop. */
  readonly startLive: (onFailed: (thrown: unknown) => void) => void;
  /** Sets the sentinels. From then on, a reader that has delivered a shard's sentinel is done with the shard. */
  readonly seal: (sentinels: ReadonlyMap<string, string>) => void;
  /**
   * Resolves to undefined when all live readers are done, or at the deadline to what they wait for. Rejects with an
   * error of a reader.
   */
  readonly finish: (budgetMs: number) => Promise<string | undefined>;
  readonly readFinal: (budgetMs: number) => Promise<string | undefined>;
  readonly stop: () => Promise<void>;
};

export type ReadersOptions = DriveOptions & {
  readonly counts: Counters;
  readonly nextChain: () => number;
  /** Gives a live reader its client, if it does not call the engine directly. */
  readonly clientOf?: ((reader: string) => Kinesis) | undefined;
  /** For a slice: leaves out records of other slices. */
  readonly own?: OwnRecords | undefined;
};

/** The scenario's consumers, live during load and drain, and then the final reader. */
export const readers = (options: ReadersOptions): Readers => {
  const { clock } = options;
  const ended = follow(options.signal);
  const { signal } = ended;
  let sentinels: ReadonlyMap<string, string> | undefined;
  let live: readonly Reading[] = [];
  const start = (reader: Reader, until: AbortSignal): Reading =>
    startReader(options, reader, {
      signal: until,
      sentinel: (shard) => sentinels?.get(shard),
      isSealed: () => sentinels !== undefined,
    });
  return {
    startLive: (onFailed) => {
      const own = options.scenario.consumers.filter((one) => isKeyOf(consumers, one.type) && !isFinal(one));
      live = own.map(({ type, name, ...given }) => start({ name, role: 'live', type, given }, signal));
      for (const { done } of live) done.catch(onFailed);
    },
    seal: (placed) => {
      sentinels = placed;
    },
    finish: async (budgetMs) => {
      const isDone = await within({ clock, budgetMs, signal }, Promise.all(live.map(({ done }) => done)));
      const states = [...new Set(live.map(({ state }) => state()))].join('; ');
      ended.abort();
      await settled(live);
      return isDone ? undefined : states;
    },
    readFinal: async (budgetMs) => {
      const over = follow(options.signal);
      const more = options.scenario.consumers.filter(isFinal);
      const all = [{ name: 'final', type: 'getRecords' }, ...more].map(({ type, name, ...given }) =>
        start({ name, role: 'final', type, given }, over.signal),
      );
      try {
        const done = Promise.all(all.map((reading) => reading.done));
        const isDone = await within({ clock, budgetMs, signal: over.signal }, done);
        return isDone ? undefined : all.map(({ state }) => state()).join('; ');
      } finally {
        over.abort();
        over.release();
        await settled(all);
      }
    },
    stop: async () => {
      ended.abort();
      ended.release();
      await settled(live);
    },
  };
};

/** True if the consumer reads after the load, beside the final reader. */
const isFinal = (consumer: object): boolean => 'final' in consumer && consumer.final === true;

type Reading = { readonly done: Promise<void>; readonly state: () => string };

const settled = (live: readonly Reading[]): Promise<unknown> => Promise.allSettled(live.map(({ done }) => done));

type Reader = { readonly name: string; readonly role: ReaderRole; readonly type: string; readonly given: unknown };

const startReader = (
  options: ReadersOptions,
  { name, role, type, given }: Reader,
  seal: Pick<ReadTools, 'signal' | 'sentinel' | 'isSealed'>,
): Reading => {
  if (!isKeyOf(consumers, type)) throw new HarnessError('usage', `consumers: there is no consumer ${type}`);
  const { stream, clock, recorder, counts, nextChain, identityRun, target, presentEnd, read, slice, own } = options;
  // The final reader is the reference, so it never goes through the gateway.
  const kinesis = (role === 'final' ? undefined : options.clientOf?.(name)) ?? options.kinesis;
  const reads = watchedReads(kinesis, clock.now);
  const done = consumers[type].make(given)({
    ...seal,
    reader: name,
    role,
    ...(read === undefined ? {} : { read }),
    ...(presentEnd === undefined ? {} : { begin: (shard: string) => presentEnd[shard] }),
    stream,
    run: identityRun,
    kinesis: reads,
    fanOut: kinesis,
    clock,
    nextChain,
    listShards: () => listed(kinesis, stream, own),
    ...(slice === undefined ? {} : { isWanted: (info) => touches(slice, info) }),
    write: own === undefined ? recorder.write : (event) => recorder.write(own.of(event)),
    now: recorder.now,
    pollMsMin: target.pollMsMin ?? 0,
    onRead: (records) => noteRead(options, records, seal.isSealed() ? 'drain' : 'load'),
    lastAcked: counts.last,
    acked: counts.reached,
    owed: counts.highest,
  });
  return { done, state: reads.state };
};

const listed = async (
  kinesis: Pick<Kinesis, 'listShards'>,
  stream: string,
  own: OwnRecords | undefined,
): Promise<readonly ShardInfo[]> => {
  const shards = await kinesis.listShards(stream);
  own?.learn(shards);
  return shards;
};

const noteRead = (
  { counts, onProgress, scenario, planned }: ReadersOptions,
  records: number,
  phase: 'load' | 'drain',
): void => {
  counts.noteRead(records);
  if (records === 0) return;
  onProgress?.({ phase, acked: counts.acked(), planned: planned ?? plannedRecords(scenario), read: counts.read() });
};
