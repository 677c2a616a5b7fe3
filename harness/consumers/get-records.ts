import { z } from 'zod';
import { defineVariant } from '../lib/variant.ts';
import type { Consumer } from './consumer.ts';
import { readShard } from './read-shard.ts';
import { walkLineage } from './walk-lineage.ts';

/** GetRecords on every shard, parents before children. */
export const getRecords: Consumer = defineVariant({
  summary: 'GetRecords on each shard, from any of the five iterator types, parents before children',
  options: z.strictObject({
    from: z
      .enum(['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP', 'AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER'])
      .default('TRIM_HORIZON'),
    /**
     * Begin only when so many records were acknowledged; what AT and AFTER begin at is the last number acknowledged
     * then.
     */
    startAfterAcked: z.int().min(0).default(0),
    /** Records a page, at most. */
    limit: z.int().min(1).max(10_000).optional(),
    /** Pause behind a page without records, milliseconds. */
    pollMs: z.int().min(0).max(60_000).default(20),
    /** Give the iterator up after so many records, and go on from a checkpoint: the last record delivered. */
    restartAfter: z.int().min(1).optional(),
    /** How a restarted iterator goes on: AFTER the checkpoint, or AT it, which delivers one record again. */
    resume: z.enum(['AFTER_SEQUENCE_NUMBER', 'AT_SEQUENCE_NUMBER']).default('AFTER_SEQUENCE_NUMBER'),
  }),
  make: (options) => async (tools) => {
    tools.write({ type: 'reader', reader: tools.reader, role: tools.role });
    await tools.acked(options.startAfterAcked);
    if (!tools.signal.aborted)
      await walkLineage(tools, options.from, (shard, from) => readShard(tools, { ...options, shard, from }));
  },
});
