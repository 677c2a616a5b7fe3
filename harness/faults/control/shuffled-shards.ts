import { z } from 'zod';
import { seededRandom } from '../../lib/random.ts';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { callDetail, isList, listOptions, needsLister } from './control-options.ts';
import { isWholeList, shardsIn, withShards } from './shard-lists.ts';

/** Answers a list of shards in another order. No shard is left out. */
export const shuffledShards = defineFault({
  type: 'shuffled-shards',
  at: 'list',
  summary: 'shards are listed in any order',
  legal: {
    grade: 'documented',
    sentence: 'There are no guarantees about the chronological order shards returned.',
    source: 'SDK, DescribeStream; permitted for ListShards, which says nothing',
  },
  options: z.strictObject({
    ...listOptions,
    /** How many consecutive lists it affects. Default 1. */
    lists: z.int().min(1).max(10_000).default(1),
    /** Decides the order. Default '1'. */
    seed: z.union([z.string(), z.int()]).default('1'),
  }),
  conflicts: needsLister,
  draw: (random, call) => (isWholeList(call) ? { seed: random.int(0, 1_000_000) } : undefined),
  arm: (options, tools) => async (call, forward) => {
    const answer = await forward(call.body);
    if (!isList(options, call, tools) || !isWholeList(call) || !isOk(answer) || shardsIn(answer).length < 2)
      return answer;
    const random = seededRandom(`${options.seed}/${call.call}`);
    const drawn = shardsIn(answer).map((shard) => ({ shard, at: random.next() }));
    tools.fired(call, callDetail(call));
    return withShards(
      answer,
      drawn.toSorted((a, b) => a.at - b.at).map(({ shard }) => shard),
    );
  },
});
