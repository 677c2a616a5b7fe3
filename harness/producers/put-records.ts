import { z } from 'zod';
import { dueAt } from './pace.ts';
import { pacingOf } from './pacing.ts';
import { plainParcel } from './parcel.ts';
import { defineProducer } from './producer.ts';
import { needsRate, sendOptions } from './send-options.ts';
import { parcelOptions, sendParcels } from './send-parcels.ts';

/**
 * PutRecords with the batcher. Calls are closed by count, by bytes and, if records come at a rate, by time. `retry`
 * decides what happens to failed entries. With `failed-entries` the next call is ready before the answer comes, so
 * failed entries are sent after it and are overtaken. `failed-and-following` and `tail` have no call ready, so no
 * newer record of a key passes; with several calls in flight this is not certain.
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
