import { z } from 'zod';
import { errorAnswer, isOk, throttled } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { entriesOf, failEntries } from './entries.ts';
import { callsOption, isPutCall, putOptions, withProducer } from './put-options.ts';
import { belongsTo, openShardsOf } from './shard-of-key.ts';

/** Throttles one shard for some calls: its records are refused, those of the other shards are stored. */
export const throttleShard = defineFault({
  type: 'throttle-shard',
  at: 'put',
  summary: 'for some calls the records of one shard are refused as too many, those of the others are stored',
  legal: {
    grade: 'documented',
    sentence:
      'Each shard can support writes up to 1,000 records per second, up to a maximum data write total of 1 MB per second.',
    source: 'SDK, PutRecords',
  },
  options: z.strictObject({
    ...putOptions,
    ...callsOption,
    /** Index among the open shards, from 0 at the lowest hash range. Default 0. */
    shard: z.int().min(0).default(0),
  }),
  conflicts: withProducer(),
  draw: (random) => ({ shard: random.int(0, 3) }),
  arm: (options, tools) => async (call, forward) => {
    if (!isPutCall(options, call, tools)) return forward(call.body);
    const shard = (await openShardsOf(call.body, forward))[options.shard];
    const failed = new Set<number>();
    if (shard !== undefined)
      for (const [index, entry] of entriesOf(call).entries()) if (belongsTo(shard, entry)) failed.add(index);
    if (shard === undefined || failed.size === 0) return forward(call.body);
    const message = `Rate exceeded for shard ${shard.id}, by kinesis-order (throttle-shard)`;
    const detail = { shard: shard.id, entries: [...failed] };
    if (call.api === 'PutRecord') {
      tools.fired(call, detail);
      return errorAnswer(throttled, message);
    }
    const answer = await failEntries(call, forward, { failed, code: throttled, message, isStored: false });
    if (isOk(answer)) tools.fired(call, detail);
    return answer;
  },
});
