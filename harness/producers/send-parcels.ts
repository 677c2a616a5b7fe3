import { z } from 'zod';
import type { Outgoing } from '../workload/workload.ts';
import { backOffOf } from './back-off.ts';
import { type ResendName, resends } from './batcher-resend.ts';
import type { Pacing } from './pacing.ts';
import type { Parcel, ParcelSource } from './parcel.ts';
import { type Filled, parcelQueue } from './parcel-queue.ts';
import type { Call, ProducerTools, Sent } from './producer.ts';

/** Options of every strategy that uses PutRecords. */
export const parcelOptions = {
  /** The most Kinesis records of a call; the limits profile may allow fewer. Default 100. */
  batch: z.int().min(1).default(100),
  /**
   * What happens to failed entries, and to a call that was not answered. `leave` (default): dropped. `failed-entries`:
   * sent again. `failed-and-following`: sent again with all later entries of the same keys. `tail`: sent again with
   * all later entries.
   */
  retry: z.enum(['leave', 'failed-entries', 'failed-and-following', 'tail']).default('leave'),
  /** Pause before the second attempt, in milliseconds. Each pause doubles, up to `backOffMsMax`. Default 0. */
  backOffMs: z.number().min(0).max(60_000).default(0),
  /** Longest pause before an attempt, in milliseconds. Default 5000. */
  backOffMsMax: z.number().min(0).max(60_000).default(5000),
  /** How long a record may wait for its call to fill up, in milliseconds. Needs a `rate` that is a number. */
  maxBufferedMs: z.number().gt(0).max(600_000).optional(),
  /** `shard`: each call holds records of one predicted shard only. Default `mixed`. */
  lanes: z.enum(['mixed', 'shard']).default('mixed'),
} as const;

export type SendOptions = {
  readonly batch: number;
  readonly retry: ResendName;
  readonly attempts: number;
  readonly inFlight: number;
  readonly backOffMs: number;
  readonly backOffMsMax: number;
  readonly maxBufferedMs?: number | undefined;
  readonly lanes: 'mixed' | 'shard';
};

export type Sending = {
  readonly tools: ProducerTools;
  readonly options: SendOptions;
  readonly source: ParcelSource;
  /** The pacing; its map is refreshed when an answer names another shard than predicted. */
  readonly pacing: Pacing;
  /** Called before the map changes, so that aggregates packed by the old map are closed. */
  readonly onMoved?: () => void;
};

/**
 * Sends parcels by PutRecords until none are left, with `inFlight` calls at once, and answers failures by the
 * strategy.
 */
export const sendParcels = async (sending: Sending): Promise<void> => {
  const { tools, options, source, pacing } = sending;
  const { lanes, retry } = options;
  const laneOf = (parcel: Parcel): string => pacing.map?.shardOf(parcel) ?? '';
  const queue = parcelQueue({ tools, source, ...options, ...(lanes === 'shard' ? { laneOf } : {}) });
  // The next call is filled before the answer comes, so that it overtakes failed entries.
  const isReadyAhead = retry === 'failed-entries';
  const work = async (): Promise<void> => {
    let ready: Filled | undefined;
    while (!tools.signal.aborted) {
      const filled = ready ?? queue.fill();
      if (filled.parcels.length === 0) return;
      ready = isReadyAhead ? nonEmpty(queue.fill()) : undefined;
      await pacing.line.until(filled.readyMs, tools.signal);
      const sent = await sendOne(sending, filled.parcels);
      if (sent === undefined) return;
      const tried = toTryAgain(filled.parcels, sent, options);
      if (isReadyAhead) queue.again(tried);
      else if (tried.length > 0) queue.againFirst(tried);
      await remap(sending, filled.parcels, sent);
    }
  };
  await Promise.all(Array.from({ length: options.inFlight }, work));
};

const nonEmpty = (filled: Filled): Filled | undefined => (filled.parcels.length === 0 ? undefined : filled);

const sendOne = async ({ tools, options, pacing }: Sending, parcels: readonly Parcel[]): Promise<Sent | undefined> => {
  const most = parcels.reduce((a, b) => (b.attempt > a.attempt ? b : a));
  const pauseMs = backOffOf(options, most.attempt);
  if (pauseMs > 0) await tools.clock.sleep(pauseMs, tools.signal).catch(() => undefined);
  await pacing.leave(parcels);
  if (tools.signal.aborted) return undefined;
  return tools.put({ ...callOf(parcels), attempt: most.attempt, ...(most.op < 0 ? {} : { retryOf: most.op }) });
};

/** One pass over the parcels, because this is the hot path of a run. */
const callOf = (parcels: readonly Parcel[]): Omit<Call, 'attempt'> => {
  const entries: Outgoing[] = [];
  let isAnyAggregated = false;
  for (const { users, isAggregated } of parcels) {
    isAnyAggregated ||= isAggregated;
    for (const user of users) entries.push(user);
  }
  return { api: 'PutRecords', entries, ...(isAnyAggregated ? { carriers: parcels } : {}) };
};

/**
 * The parcels to send again. If a whole call failed, or has an unknown outcome, each of its entries counts as failed.
 */
const toTryAgain = (
  parcels: readonly Parcel[],
  { op, outcome }: Sent,
  { retry, attempts }: SendOptions,
): readonly Parcel[] => {
  if (retry === 'leave') return [];
  const results = outcome.outcome === 'ok' ? outcome.results : [];
  const isFailed = (index: number): boolean => {
    const result = results[index];
    return result === undefined || 'error' in result;
  };
  return resends[retry](parcels, isFailed, keysOf)
    .filter(({ attempt }) => attempt < attempts)
    .map((parcel) => ({ ...parcel, attempt: parcel.attempt + 1, op }));
};

const keysOf = ({ users }: Parcel): readonly string[] => users.map(({ key }) => key);

const remap = async (
  { pacing: { map }, onMoved }: Sending,
  parcels: readonly Parcel[],
  { outcome }: Sent,
): Promise<void> => {
  if (map === undefined || outcome.outcome !== 'ok') return;
  const isAstray = parcels.some((parcel, index) => {
    const result = outcome.results[index];
    return result !== undefined && 'shard' in result && result.shard !== map.shardOf(parcel);
  });
  if (!isAstray) return;
  onMoved?.();
  await map.refresh();
};
