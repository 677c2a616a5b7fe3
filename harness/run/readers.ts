import type { ReadTools } from '../consumers/consumer.ts';
import { consumers } from '../consumers/registry.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import type { ReaderRole } from '../model/event.ts';
import type { Counters } from './counters.ts';
import { within } from './deadline.ts';
import type { DriveOptions } from './drive-options.ts';
import { follow } from './follow.ts';
import { plannedRecords } from './produce.ts';

export type Readers = {
  /** Tells of a reader that can go on no longer: nobody should write on for it. */
  readonly startLive: (onFailed: (thrown: unknown) => void) => void;
  /** From here on a reader that has delivered a shard's sentinel is done with it. */
  readonly seal: (sentinels: ReadonlyMap<string, string>) => void;
  /** Resolves true when all live readers are done, false at the deadline. Their own failure is thrown. */
  readonly finish: (budgetMs: number) => Promise<boolean>;
  readonly readFinal: (budgetMs: number) => Promise<boolean>;
  readonly stop: () => Promise<void>;
};

export type ReadersOptions = DriveOptions & {
  readonly counts: Counters;
  readonly nextChain: () => number;
  /** The client of a live reader, where it does not call the engine itself. */
  readonly clientOf?: ((reader: string) => Kinesis) | undefined;
};

/** The scenario's consumers, live during load and drain, and the final reader behind them. */
export const readers = (options: ReadersOptions): Readers => {
  const { clock } = options;
  const ended = follow(options.signal);
  const { signal } = ended;
  let sentinels: ReadonlyMap<string, string> | undefined;
  let live: readonly Promise<void>[] = [];
  const start = (reader: Reader, until: AbortSignal): Promise<void> =>
    startReader(options, reader, {
      signal: until,
      sentinel: (shard) => sentinels?.get(shard),
      isSealed: () => sentinels !== undefined,
    });
  return {
    startLive: (onFailed) => {
      const own = options.scenario.consumers.filter(({ type }) => isKeyOf(consumers, type));
      live = own.map(({ type, name, ...given }) => start({ name, role: 'live', type, given }, signal));
      for (const reading of live) reading.catch(onFailed);
    },
    seal: (placed) => {
      sentinels = placed;
    },
    finish: async (budgetMs) => {
      const isDone = await within({ clock, budgetMs, signal }, Promise.all(live));
      ended.abort();
      await Promise.allSettled(live);
      return isDone;
    },
    readFinal: async (budgetMs) => {
      const over = follow(options.signal);
      const reading = start({ name: 'final', role: 'final', type: 'getRecords', given: {} }, over.signal);
      try {
        return await within({ clock, budgetMs, signal: over.signal }, reading);
      } finally {
        over.abort();
        over.release();
        await reading.catch(() => undefined);
      }
    },
    stop: async () => {
      ended.abort();
      ended.release();
      await Promise.allSettled(live);
    },
  };
};

type Reader = { readonly name: string; readonly role: ReaderRole; readonly type: string; readonly given: unknown };

const startReader = (
  options: ReadersOptions,
  { name, role, type, given }: Reader,
  seal: Pick<ReadTools, 'signal' | 'sentinel' | 'isSealed'>,
): Promise<void> => {
  if (!isKeyOf(consumers, type)) throw new HarnessError('usage', `consumers: there is no consumer ${type}`);
  const { stream, clock, recorder, counts, nextChain, identityRun, target, presentEnd, read } = options;
  // The final reading is the truth: nothing stands before it.
  const kinesis = (role === 'final' ? undefined : options.clientOf?.(name)) ?? options.kinesis;
  return consumers[type].make(given)({
    ...seal,
    reader: name,
    role,
    ...(read === undefined ? {} : { read }),
    ...(presentEnd === undefined ? {} : { begin: (shard: string) => presentEnd[shard] }),
    stream,
    run: identityRun,
    kinesis,
    clock,
    nextChain,
    listShards: () => kinesis.listShards(stream),
    write: recorder.write,
    now: recorder.now,
    pollMsMin: target.pollMsMin ?? 0,
    onRead: (records) => noteRead(options, records, seal.isSealed() ? 'drain' : 'load'),
    lastAcked: counts.last,
    acked: counts.reached,
    owed: counts.highest,
  });
};

const noteRead = ({ counts, onProgress, scenario }: ReadersOptions, records: number, phase: 'load' | 'drain'): void => {
  counts.noteRead(records);
  if (records === 0) return;
  onProgress?.({ phase, acked: counts.acked(), planned: plannedRecords(scenario), read: counts.read() });
};
