import { z } from 'zod';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import type { Shape } from '../fault.ts';
import { callDetail, isReshard, needsReshard, reshardOptions } from './control-options.ts';
import { asUpdating, isWholeList, shardsIn, wholeList, withShards } from './shard-lists.ts';

/**
 * After a reshard, lists the shards from before it, as long as the stream is shown as UPDATING: until this many lists,
 * or this many descriptions, were answered. Never while it is ACTIVE.
 */
export const staleShards = defineFault({
  type: 'stale-shards',
  at: 'reshard',
  spans: true,
  summary: 'after a reshard the old shards are still listed, as long as the stream is UPDATING',
  legal: {
    grade: 'permitted',
    sentence: 'UPDATING - Shards in the stream are being merged or split.',
    source: 'SDK, StreamDescription: no sentence says when a list shows it; amazon-kinesis-client#510, #339',
  },
  options: z.strictObject({
    ...reshardOptions,
    /** The number of stale lists. Default 2. */
    lists: z.int().min(1).max(10_000).default(2),
    /** After this many descriptions, the stream is ACTIVE, however many lists there were. Default 3. */
    describes: z.int().min(1).max(10_000).default(3),
  }),
  conflicts: needsReshard,
  draw: (random) => ({ lists: random.int(1, 3), describes: random.int(1, 4) }),
  arm: (options, tools) => {
    let stale: { readonly stream: string | undefined; readonly shards: readonly Shape[] } | undefined;
    let [lists, describes] = [0, 0];
    return async (call, forward) => {
      if (isReshard(options, call, tools)) {
        const { StreamName, StreamARN } = call.body;
        const named = StreamName === undefined ? { StreamARN } : { StreamName };
        // The call is built as a whole list, because another fault may page it.
        const lister = { ...call, api: 'ListShards', body: named } as const;
        const before = await wholeList(lister, (body) => forward(body, 'ListShards'));
        const answer = await forward(call.body);
        if (!isOk(answer) || !isOk(before)) return answer;
        stale = { stream: call.stream, shards: shardsIn(before) };
        [lists, describes] = [options.lists, options.describes];
        return answer;
      }
      const answer = await forward(call.body);
      const isStale = stale !== undefined && lists > 0 && describes > 0 && !tools.isHealed();
      if (stale === undefined || !isStale || !isOk(answer) || call.stream !== stale.stream) return answer;
      const isLook = call.kind === 'describe' || call.api === 'DescribeStream';
      if (isLook) describes -= 1;
      if (call.kind !== 'list' || !isWholeList(call)) return isLook ? asUpdating(answer) : answer;
      lists -= 1;
      tools.fired(call, callDetail(call));
      const { NextToken: _, ...body } = answer.body;
      return asUpdating(withShards({ ...answer, body }, stale.shards));
    };
  },
});
