import { z } from 'zod';
import { textIn } from '../../lib/text-in.ts';
import { hashKeyMax, hashKeyOf } from '../../model/hash-key.ts';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import type { Shape } from '../fault.ts';
import { withEntry } from './entries.ts';
import { isPutCall, putOptions, withProducer } from './put-options.ts';

/**
 * Stores the first record of one call at the opposite side of the hash ring. With two or more shards, this is another
 * shard than its key's.
 */
export const wrongShard = defineFault({
  type: 'wrong-shard',
  at: 'put',
  summary: "the first record of one call is stored in another shard than its key's",
  planted: ['mispartitioned'],
  options: z.strictObject({ ...putOptions }),
  conflicts: (options, facts) => [
    ...withProducer()(options, facts),
    ...(facts.stream?.shards === 1 ? ['wrong-shard needs a stream of two shards or more, and this one has one'] : []),
  ],
  arm: (options, tools) => async (call, forward) => {
    if (!isPutCall(options, call, tools)) return forward(call.body);
    const answer = await forward(withEntry(call, 0, elsewhere));
    if (isOk(answer)) tools.fired(call);
    return answer;
  },
});

const elsewhere = (entry: Shape): Shape => {
  const explicit = textIn(entry, 'ExplicitHashKey');
  const hash = explicit === undefined ? hashKeyOf(textIn(entry, 'PartitionKey') ?? '') : BigInt(explicit);
  const all = hashKeyMax + 1n;
  return { ...entry, ExplicitHashKey: String((hash + all / 2n) % all), SequenceNumberForOrdering: undefined };
};
