import { z } from 'zod';
import { unsendable } from '../model/put-fits.ts';
import type { Outgoing } from '../workload/workload.ts';
import { handing } from './pace.ts';
import { type Pacing, pacingOf } from './pacing.ts';
import { defineProducer, type ProducerTools } from './producer.ts';
import { sendOptions } from './send-options.ts';

/**
 * PutRecord, one record per call. Serial by default: the next record is sent when the one before is answered. With
 * SequenceNumberForOrdering, each put of a key names the last sequence number that was acknowledged for that key, as
 * AWS demands for strict order.
 */
export const putRecord = defineProducer({
  type: 'putRecord',
  summary: 'PutRecord, serial (with or without SequenceNumberForOrdering) or with several calls in flight',
  options: z
    .strictObject({
      ...sendOptions,
      /**
       * `true`: each put names the last sequence number that was acknowledged for its key. `all-keys`: the last one of
       * the producer, whatever the key, as the sample of the developer guide does. Default: no number is sent.
       */
      sequenceNumberForOrdering: z.union([z.boolean(), z.literal('all-keys')]).default(false),
      /** What happens to a put that failed or was not answered: it is dropped (`leave`, the default) or sent again. */
      retry: z.enum(['leave', 'resend']).default('leave'),
      /**
       * For `resend`: the number of later records that are sent first, as with a queue of failed records. Default 0.
       */
      retryAfter: z.int().min(0).max(1000).default(0),
    })
    .refine(({ sequenceNumberForOrdering, inFlight }) => sequenceNumberForOrdering === false || inFlight === 1, {
      error: 'sequenceNumberForOrdering needs inFlight 1: the number to name is known when the put before was answered',
      path: ['sequenceNumberForOrdering'],
    }),
  make: (options) => async (tools) => {
    const state = { last: new Map<string, string>(), late: [] as Late[], handed: 0 };
    const pacing = await pacingOf(tools, options, false);
    const hand = typeof options.rate === 'number' ? handing(pacing.line, tools.next, tools.signal) : tools.next;
    const workers = Array.from({ length: options.inFlight }, () => work({ tools, options, state, pacing, hand }));
    await Promise.all(workers);
  },
});

type Options = {
  readonly sequenceNumberForOrdering: boolean | 'all-keys';
  readonly retry: 'leave' | 'resend';
  readonly retryAfter: number;
  readonly attempts: number;
};
type Late = { readonly record: Outgoing; readonly attempt: number; readonly op: number; readonly dueAt: number };
type State = { readonly last: Map<string, string>; readonly late: Late[]; handed: number };

type Sending = {
  readonly tools: ProducerTools;
  readonly options: Options;
  readonly state: State;
  readonly pacing: Pacing;
  /** The application's next record, when it is due. */
  readonly hand: () => Promise<Outgoing | undefined> | Outgoing | undefined;
};

const work = async (sending: Sending): Promise<void> => {
  const { tools, state } = sending;
  while (!tools.signal.aborted) {
    const late = state.late[0];
    if (late !== undefined && late.dueAt <= state.handed) {
      state.late.shift();
      await send(sending, late);
      continue;
    }
    const record = await sending.hand();
    if (record === undefined) {
      if (state.late.length === 0) return;
      // No newer record will come, so records that wait for later ones are sent now.
      state.handed = Number.POSITIVE_INFINITY;
      continue;
    }
    state.handed += 1;
    const refused = unsendable(record, tools.limits);
    if (refused === undefined) await send(sending, { record, attempt: 1, op: -1, dueAt: 0 });
    else tools.refuse(refused);
  }
};

const send = async (
  { tools, options, state, pacing }: Sending,
  { record, attempt, op: before }: Late,
): Promise<void> => {
  const { map } = pacing;
  // A rate of the producer paces the handing over of records. A rate per shard paces each attempt.
  if (map !== undefined) await pacing.leave([record]);
  if (tools.signal.aborted) return;
  const { sequenceNumberForOrdering: chain } = options;
  const chainOf = chain === 'all-keys' ? '' : record.key;
  const after = chain === false ? undefined : state.last.get(chainOf);
  const { op, outcome } = await tools.put({
    api: 'PutRecord',
    entries: [record],
    attempt,
    ...(after === undefined ? {} : { after }),
    ...(before < 0 ? {} : { retryOf: before }),
  });
  const result = outcome.outcome === 'ok' ? outcome.results[0] : undefined;
  if (result !== undefined && 'seq' in result) {
    state.last.set(chainOf, result.seq);
    if (map !== undefined && map.shardOf(record) !== result.shard) await map.refresh();
  } else if (options.retry === 'resend' && attempt < options.attempts) {
    state.late.push({ record, attempt: attempt + 1, op, dueAt: state.handed + options.retryAfter });
  }
};
