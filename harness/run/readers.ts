import type { ReadTools } from '../consumers/consumer.ts';
import { consumers } from '../consumers/registry.ts';
import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import type { ReaderRole } from '../model/event.ts';
import type { Counters } from './counters.ts';
import type { DriveOptions } from './drive.ts';
import { follow } from './follow.ts';
import { plannedRecords } from './produce.ts';
import { within } from './within.ts';

export type Readers = {
  readonly startLive: () => void;
  /** From here on a reader that has delivered a shard's sentinel is done with it. */
  readonly seal: (sentinels: ReadonlyMap<string, string>) => void;
  /** Resolves true when all live readers are done, false at the deadline. Their own failure is thrown. */
  readonly finish: (budgetMs: number) => Promise<boolean>;
  readonly readFinal: (budgetMs: number) => Promise<boolean>;
  readonly stop: () => Promise<void>;
};

export type ReadersOptions = DriveOptions & { readonly counts: Counters; readonly nextChain: () => number };

/** The scenario's consumers, live during load and drain, and the final reader behind them. */
export const readers = (options: ReadersOptions): Readers => {
  const { clock } = options;
  const ended = follow(options.signal);
  const { signal } = ended;
  let sentinels: ReadonlyMap<string, string> | undefined;
  let live: readonly Promise<void>[] = [];
  const start = (reader: string, role: ReaderRole, type: string, given: unknown, until: AbortSignal): Promise<void> => {
    if (!isKeyOf(consumers, type)) throw new HarnessError('usage', `consumers: there is no consumer ${type}`);
    const { stream, kinesis, recorder, counts, nextChain, identityRun } = options;
    const tools: ReadTools = {
      reader,
      role,
      stream,
      run: identityRun,
      kinesis,
      clock,
      nextChain,
      listShards: () => kinesis.listShards(stream),
      write: recorder.write,
      now: recorder.now,
      signal: until,
      pollMsMin: options.target.pollMsMin ?? 0,
      onRead: (records) => noteRead(options, records, sentinels === undefined ? 'load' : 'drain'),
      lastAcked: counts.last,
      acked: counts.reached,
      sentinel: (shard) => sentinels?.get(shard),
      isSealed: () => sentinels !== undefined,
    };
    return consumers[type].make(given)(tools);
  };
  return {
    startLive: () => {
      live = options.scenario.consumers.map(({ type, name, ...given }) => start(name, 'live', type, given, signal));
      // Failures are thrown where the readers are waited for; until then they are not unheard.
      for (const reading of live) reading.catch(() => undefined);
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
      const reading = start('final', 'final', 'getRecords', {}, over.signal);
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

const noteRead = (
  { counts, onProgress, scenario }: ReadersOptions,
  records: number,
  phase: 'load' | 'drain',
): void => {
  counts.noteRead(records);
  if (records === 0) return;
  onProgress?.({ phase, acked: counts.acked(), planned: plannedRecords(scenario), read: counts.read() });
};
