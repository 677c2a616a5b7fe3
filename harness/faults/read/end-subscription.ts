import { z } from 'zod';
import { defineFault } from '../define-fault.ts';
import type { EventFate } from '../fault.ts';
import { hasPrograms } from '../fault-facts.ts';
import { isWanted } from '../wanted-client.ts';
import { readDetail, readOptions } from './read-options.ts';

/**
 * Ends a subscription after some events. The events that were not sent can be read from the last continuation number.
 */
export const endSubscription = defineFault({
  type: 'end-subscription',
  at: 'read',
  summary: 'a subscription of enhanced fan-out ends after some events, cleanly or taken over',
  legal: {
    grade: 'documented',
    sentence:
      'the second call takes over the subscription and the previous connection expires or fails with a ResourceInUseException',
    source: 'SDK, SubscribeToShard; a connection lasts for up to 5 minutes',
  },
  options: z.strictObject({
    ...readOptions,
    /** The subscription ends after this many events. Default 1. */
    events: z.int().min(0).max(100_000).default(1),
    /** How it ends: without an error (`clean`, the default), or with this exception. */
    how: z.enum(['clean', 'ResourceInUseException']).default('clean'),
  }),
  conflicts: (_, facts) => {
    const isSubscribed = facts.consumers.some(({ type }) => type === 'subscribeToShard');
    return isSubscribed || hasPrograms(facts)
      ? []
      : ['end-subscription needs a reader that subscribes, and the scenario has none'];
  },
  draw: (random, { api }) =>
    api === 'SubscribeToShard'
      ? { events: random.int(1, 3), how: random.pick(['clean', 'ResourceInUseException'] as const) }
      : undefined,
  arm:
    ({ reader, shard, read, events, how }, tools) =>
    async (call, forward) => {
      const answer = await forward(call.body);
      const isMine =
        call.api === 'SubscribeToShard' &&
        isWanted(reader, call, tools) &&
        (shard === undefined ? call.call === read : shard === call.shard && call.shardCall === read);
      if (!isMine || answer.kind !== 'answer' || answer.status !== 200) return answer;
      let seen = 0;
      const next = (event: Readonly<Record<string, unknown>>): EventFate => {
        // The first frame answers the call; the others are events.
        if (event['SubscribeToShardEvent'] === undefined) return { kind: 'pass' };
        seen += 1;
        if (seen <= events || tools.isHealed()) return { kind: 'pass' };
        tools.fired(call, { ...readDetail(call), events, how });
        if (how === 'clean') return { kind: 'end' };
        const message = 'Another active subscription exists for this consumer, by kinesis-order (end-subscription)';
        return { kind: 'error', name: how, message };
      };
      return { kind: 'stream', answer, next };
    },
});
