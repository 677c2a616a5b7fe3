import type { ReadTools } from '../consumers/consumer.ts';
import { consumers } from '../consumers/registry.ts';
import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import type { ReaderRole } from '../model/event.ts';
import type { Counters } from './counters.ts';
import type { DriveOptions } from './drive.ts';

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
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  let sentinels: ReadonlyMap<string, string> | undefined;
  let live: readonly Promise<void>[] = [];
  const start = (reader: string, role: ReaderRole, type: string, given: unknown, until: AbortSignal): Promise<void> => {
    if (!isKeyOf(consumers, type)) throw new HarnessError('usage', `consumers: there is no consumer ${type}`);
    const { stream, kinesis, clock, recorder, counts, nextChain, identityRun } = options;
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
      onRead: counts.noteRead,
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
      const isDone = await within(options, budgetMs, signal, Promise.all(live));
      ended.abort();
      await Promise.allSettled(live);
      return isDone;
    },
    readFinal: async (budgetMs) => {
      const over = new AbortController();
      const until = AbortSignal.any([options.signal, over.signal]);
      const reading = start('final', 'final', 'getRecords', {}, until);
      const isDone = await within(options, budgetMs, until, reading);
      over.abort();
      await reading.catch(() => undefined);
      return isDone;
    },
    stop: async () => {
      ended.abort();
      await Promise.allSettled(live);
    },
  };
};

const within = async (
  { clock }: ReadersOptions,
  budgetMs: number,
  signal: AbortSignal,
  work: Promise<unknown>,
): Promise<boolean> => {
  const done = new AbortController();
  const late = clock.sleep(budgetMs, AbortSignal.any([signal, done.signal])).then(
    () => false,
    () => false,
  );
  const isDone = await Promise.race([work.then(() => true), late]);
  done.abort();
  return isDone && !signal.aborted;
};
