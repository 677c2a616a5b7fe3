import { z } from 'zod';
import { defineVariant } from '../lib/variant.ts';
import type { Outgoing } from '../workload/workload.ts';
import { paced } from './pace.ts';
import type { Producer, ProducerTools, Sent } from './producer.ts';
import { sendOptions } from './send-options.ts';

/**
 * PutRecords, `batch` records a call; what becomes of failed entries is the strategy. A client that sends the failed ones again has its next batch ready by then, so
 * they go out behind it: that is how they are overtaken. `failed-and-following` has nothing ready, so that nothing newer of a key passes; with several calls in flight
 * nobody can promise that.
 */
export const putRecords: Producer = defineVariant({
  summary:
    'PutRecords, with three answers to failed entries: leave them, send them again, send them and all that follow of their key again',
  options: z.strictObject({
    ...sendOptions,
    batch: z.int().min(1).max(500).default(100),
    retry: z.enum(['leave', 'failed-entries', 'failed-and-following']).default('leave'),
  }),
  make: (options) => async (tools) => {
    const queue: Tried[] = [];
    const pace = paced(tools.clock, options.rate === undefined ? undefined : options.rate / options.batch);
    const take = (): readonly Tried[] => nextBatch(tools, queue, options.batch);
    const isReadyAhead = options.retry === 'failed-entries';
    const work = async (): Promise<void> => {
      let ready: readonly Tried[] = [];
      while (!tools.signal.aborted) {
        await pace(tools.signal);
        const batch = ready.length > 0 ? ready : take();
        if (batch.length === 0) return;
        ready = isReadyAhead ? take() : [];
        const sent = await tools.put({
          api: 'PutRecords',
          entries: batch.map(({ record }) => record),
          ...attemptOf(batch),
        });
        for (const tried of toSendAgain[options.retry](batch, isFailedIn(sent))) {
          if (tried.attempt < options.attempts)
            queue.push({ record: tried.record, attempt: tried.attempt + 1, op: sent.op });
        }
      }
    };
    await Promise.all(Array.from({ length: options.inFlight }, work));
  },
});

type Tried = { readonly record: Outgoing; readonly attempt: number; readonly op: number };

const nextBatch = (tools: ProducerTools, queue: Tried[], size: number): readonly Tried[] => {
  const batch = queue.splice(0, size);
  while (batch.length < size) {
    const record = tools.next();
    if (record === undefined) break;
    batch.push({ record, attempt: 1, op: -1 });
  }
  return batch;
};

const attemptOf = (batch: readonly Tried[]): { readonly attempt: number; readonly retryOf?: number } => {
  const most = batch.reduce((a, b) => (b.attempt > a.attempt ? b : a));
  return most.op < 0 ? { attempt: most.attempt } : { attempt: most.attempt, retryOf: most.op };
};

type IsFailed = (index: number) => boolean;

/** A whole call that failed, or whose outcome is unknown, failed in each of its entries. */
const isFailedIn =
  ({ outcome }: Sent): IsFailed =>
  (index) => {
    const result = outcome.outcome === 'ok' ? outcome.results[index] : undefined;
    return result === undefined || 'error' in result;
  };

const toSendAgain: Readonly<
  Record<
    'leave' | 'failed-entries' | 'failed-and-following',
    (batch: readonly Tried[], isFailed: IsFailed) => readonly Tried[]
  >
> = {
  leave: () => [],
  'failed-entries': (batch, isFailed) => batch.filter((_, index) => isFailed(index)),
  'failed-and-following': (batch, isFailed) => {
    const broken = new Set<string>();
    return batch.filter(({ record }, index) => {
      if (isFailed(index)) broken.add(record.key);
      return broken.has(record.key);
    });
  },
};
