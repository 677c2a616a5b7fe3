import { z } from 'zod';
import { errorAnswer, throttled } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { drawForGetRecords, isGetRecords, needsReader, readDetail, readOptions, readsOption } from './read-options.ts';

/** Refuses reads as throttled. The iterator stays valid. */
export const throttleReads = defineFault({
  type: 'throttle-reads',
  at: 'read',
  summary: 'reads are refused as too many; the iterator stays good',
  legal: {
    grade: 'documented',
    sentence: 'Each shard can support reads up to five transactions per second',
    source: 'SDK, GetRecords: ProvisionedThroughputExceededException, shared by all readers of a shard',
  },
  options: z.strictObject({ ...readOptions, ...readsOption }),
  conflicts: needsReader,
  draw: drawForGetRecords(() => ({})),
  arm: (options, tools) => async (call, forward) => {
    if (!isGetRecords(options, call, tools)) return forward(call.body);
    tools.fired(call, readDetail(call));
    return errorAnswer(throttled, 'Rate exceeded for shard, by kinesis-order (throttle-reads)');
  },
});
