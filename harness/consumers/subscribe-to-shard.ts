import { z } from 'zod';
import type { FanOut } from '../kinesis/kinesis.ts';
import { HarnessError } from '../lib/error.ts';
import { defineVariant } from '../lib/variant.ts';
import type { Consumer, ReadTools } from './consumer.ts';
import { subscribeShard } from './subscribe-shard.ts';
import { walkLineage } from './walk-lineage.ts';

/** Enhanced fan-out on every shard, parents before children. The consumer is taken away however the run ends. */
export const subscribeToShard: Consumer = defineVariant({
  summary:
    'SubscribeToShard on each shard (enhanced fan-out): registers a consumer, and goes on at the continuation number',
  options: z.strictObject({
    from: z.enum(['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP']).default('TRIM_HORIZON'),
    /** Of the consumer that is registered; the reader's name where nothing is said. */
    consumerName: z
      .string()
      .regex(/^[a-zA-Z0-9_.-]{1,128}$/, 'expected letters, digits, _, . and -')
      .optional(),
    /** Not live, but behind the load, beside the final reader: what both were given must agree. */
    final: z.boolean().default(false),
    /** Begin only when so many records were acknowledged. */
    startAfterAcked: z.int().min(0).default(0),
    /** For the consumer to become ACTIVE, milliseconds. */
    registerMs: z.int().min(1).max(600_000).default(60_000),
  }),
  make: (options) => async (tools) => {
    tools.write({ type: 'reader', reader: tools.reader, role: tools.role });
    await tools.acked(options.startAfterAcked);
    if (tools.signal.aborted) return;
    const fanOut = fanOutOf(tools);
    const name = options.consumerName ?? tools.reader;
    const consumer = await fanOut.registerConsumer(tools.stream, name, options.registerMs, tools.signal);
    try {
      await walkLineage(tools, options.from, (shard, from) => subscribeShard(tools, { fanOut, consumer, shard, from }));
    } finally {
      await fanOut.deregisterConsumer(consumer);
    }
  },
});

const fanOutOf = ({ fanOut }: ReadTools): FanOut => {
  if (fanOut !== undefined) return fanOut;
  throw new HarnessError('usage', 'subscribeToShard needs a client that subscribes, and here is none');
};
