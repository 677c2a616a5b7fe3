import { z } from 'zod';
import { textIn } from '../../lib/text-in.ts';
import { hashKeyOf } from '../../model/hash-key.ts';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import type { Shape } from '../fault.ts';
import { withEntry } from './entries.ts';
import { isPutCall, putOptions, withProducer } from './put-options.ts';

/** Stores the first record of one call under another key, in the right shard. */
export const wrongKey = defineFault({
  type: 'wrong-key',
  at: 'put',
  summary: 'the first record of one call is stored in its shard, under another partition key',
  planted: ['corruption'],
  options: z.strictObject({ ...putOptions }),
  conflicts: withProducer(),
  arm: (options, tools) => async (call, forward) => {
    if (!isPutCall(options, call, tools)) return forward(call.body);
    const answer = await forward(withEntry(call, 0, renamed));
    if (isOk(answer)) tools.fired(call);
    return answer;
  },
});

const renamed = (entry: Shape): Shape => {
  const key = textIn(entry, 'PartitionKey') ?? '';
  return {
    ...entry,
    PartitionKey: `${key}-of-nobody`,
    ExplicitHashKey: entry['ExplicitHashKey'] ?? String(hashKeyOf(key)),
  };
};
