import { z } from 'zod';
import type { FanOut } from '../kinesis/kinesis.ts';
import { HarnessError } from '../lib/error.ts';
import { defineConsumer, type ReadTools } from './consumer.ts';
import { Registered } from './registered.ts';
import { subscribeShard } from './subscribe-shard.ts';
import { walkLineage } from './walk-lineage.ts';

/**
 * Reads every shard with enhanced fan-out, parents before children. The consumer is deregistered however the run ends.
 */
export const subscribeToShard = defineConsumer({
  type: 'subscribeToShard',
  summary:
    'SubscribeToShard on each shard (enhanced fan-out): registers a consumer, and goes on at the continuation number',
  options: z.strictObject({
    /** Where it starts. Default TRIM_HORIZON. */
    from: z.enum(['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP']).default('TRIM_HORIZON'),
    /** Name of the registered consumer. Default: the name of the reader. */
    consumerName: z
      .string()
      .regex(/^[a-zA-Z0-9_.-]{1,128}$/, 'expected letters, digits, _, . and -')
      .optional(),
    /** Reads after the load, beside the final reader: both must receive the same. Default: reads live. */
    final: z.boolean().default(false),
    /** Starts when this many records were acknowledged. Default 0. */
    startAfterAcked: z.int().min(0).default(0),
    /** How long the consumer may take to become ACTIVE, in milliseconds. Default 60000. */
    registerMs: z.int().min(1).max(600_000).default(60_000),
  }),
  make: (options) => async (tools) => {
    tools.write({ type: 'reader', reader: tools.reader, role: tools.role });
    await tools.acked(options.startAfterAcked);
    if (tools.signal.aborted) return;
    const fanOut = fanOutOf(tools);
    const name = options.consumerName ?? tools.reader;
    const register = (): Promise<string> =>
      fanOut.registerConsumer(tools.stream, name, options.registerMs, tools.signal);
    const consumer = new Registered(await register(), register);
    try {
      await walkLineage(tools, options.from, (shard, from) => subscribeShard(tools, { fanOut, consumer, shard, from }));
    } finally {
      await fanOut.deregisterConsumer(consumer.arn);
    }
  },
});

const fanOutOf = ({ fanOut }: ReadTools): FanOut => {
  if (fanOut !== undefined) return fanOut;
  throw new HarnessError('usage', 'subscribeToShard needs a client that subscribes, and here is none');
};
