import { z } from 'zod';
import { defineConsumer } from './consumer.ts';
import { readShard } from './read-shard.ts';
import { walkLineage } from './walk-lineage.ts';

/** Reads every shard with GetRecords, parents before children. */
export const getRecords = defineConsumer({
  type: 'getRecords',
  summary: 'GetRecords on each shard, from any of the five iterator types, parents before children',
  options: z.strictObject({
    /** Where it starts: the type of its first iterator. Default TRIM_HORIZON. */
    from: z
      .enum(['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP', 'AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER'])
      .default('TRIM_HORIZON'),
    /**
     * Starts when this many records were acknowledged. AT_ and AFTER_SEQUENCE_NUMBER then start at the last
     * acknowledged sequence number of the shard. Default 0.
     */
    startAfterAcked: z.int().min(0).default(0),
    /** The most records of a page. Default: the service's own limit. */
    limit: z.int().min(1).max(10_000).optional(),
    /** Pause after a page without records, in milliseconds. Default 20. */
    pollMs: z.int().min(0).max(60_000).default(20),
    /** After this many records, drops the iterator and continues from a checkpoint: the last delivered record. */
    restartAfter: z.int().min(1).optional(),
    /** Where it continues: AFTER the checkpoint (default), or AT it, which delivers one record twice. */
    resume: z.enum(['AFTER_SEQUENCE_NUMBER', 'AT_SEQUENCE_NUMBER']).default('AFTER_SEQUENCE_NUMBER'),
  }),
  make: (options) => async (tools) => {
    tools.write({ type: 'reader', reader: tools.reader, role: tools.role });
    await tools.acked(options.startAfterAcked);
    if (!tools.signal.aborted)
      await walkLineage(tools, options.from, (shard, from) => readShard(tools, { ...options, shard, from }));
  },
});
