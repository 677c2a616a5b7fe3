import { z } from 'zod';
import { dueAt } from './pace.ts';
import { pacingOf } from './pacing.ts';
import { plainParcel } from './parcel.ts';
import { defineProducer } from './producer.ts';
import { needsRate, sendOptions } from './send-options.ts';
import { parcelOptions, sendParcels } from './send-parcels.ts';

/**
 * PutRecords through the batcher: calls are closed by count, by bytes and, where records are handed over at a rate, by
 * time. What becomes of failed entries is the strategy. A client that sends the failed ones again has its next call
 * ready by then, so they go out behind it: that is how they are overtaken. `failed-and-following` and `tail` have
 * nothing ready, so that nothing newer of a key passes; with several calls in flight nobody can promise that.
 */
export const putRecords = defineProducer({
  type: 'putRecords',
  summary:
    'PutRecords, batched by count, bytes and time; failed entries are left, sent again, sent again with all that follow of their key, or with all that follow',
  options: z.strictObject({ ...sendOptions, ...parcelOptions }).refine(...needsRate),
  make: (options) => async (tools) => {
    const pacing = await pacingOf(tools, options, options.lanes === 'shard');
    const { line } = pacing;
    await sendParcels({
      tools,
      options,
      pacing,
      source: () => {
        const record = tools.next();
        if (record === undefined) return undefined;
        const atMs = line.next();
        return { parcel: plainParcel(dueAt(record, line.due(atMs))), atMs, sinceMs: atMs };
      },
    });
  },
});
