import { z } from 'zod';
import type { Outgoing } from '../workload/workload.ts';
import { defineProducer, type ProducerTools } from './producer.ts';

/**
 * Sends calls of the listed sizes, one after the other, without retries: for scenarios in which it matters which
 * records share a call. Records beyond the list are not sent.
 */
export const scripted = defineProducer({
  type: 'scripted',
  summary: 'calls of given sizes, one after the other: 1 is a PutRecord, more are a PutRecords',
  options: z.strictObject({
    /** The number of records of each call: 1 is a PutRecord, more are a PutRecords. */
    calls: z.array(z.int().min(1).max(10_000)).min(1).max(10_000),
    /** `own` (default): each producer has its own keys. `shared`: all producers write the same keys. */
    keys: z.enum(['shared', 'own']).default('own'),
  }),
  make: (options) => async (tools) => {
    for (const size of options.calls) {
      const entries = take(tools, size);
      if (entries.length === 0) return;
      await tools.put({ api: size === 1 ? 'PutRecord' : 'PutRecords', entries, attempt: 1 });
    }
  },
});

const take = (tools: ProducerTools, size: number): readonly Outgoing[] => {
  const entries: Outgoing[] = [];
  while (entries.length < size && !tools.signal.aborted) {
    const record = tools.next();
    if (record === undefined) break;
    entries.push(record);
  }
  return entries;
};
