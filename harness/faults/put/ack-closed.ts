import { z } from 'zod';
import { textIn } from '../../lib/text-in.ts';
import { isOk, listIn } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { once } from '../once.ts';
import { withResults } from './entries.ts';
import { isPutFrom, putOptions, withProducer } from './put-options.ts';
import { hasEnded } from './shard-of-key.ts';

/** Acknowledges a record in a closed shard. It fires at the first put from `call` on after a reshard. */
export const ackClosed = defineFault({
  type: 'ack-closed',
  at: 'put',
  summary: 'a record is acknowledged in a shard that was closed before it was sent',
  planted: ['write-to-closed'],
  options: z.strictObject({ ...putOptions }),
  conflicts: (options, facts) => [
    ...withProducer()(options, facts),
    ...(facts.reshard.length === 0 ? ['ack-closed needs a closed shard, and the scenario plans no reshard'] : []),
  ],
  arm: (options, tools) =>
    once(
      (call) => isPutFrom(options, call, tools),
      async (call, forward, done) => {
        const { StreamName, StreamARN } = call.body;
        const list = await forward(StreamName === undefined ? { StreamARN } : { StreamName }, 'ListShards');
        const closed = isOk(list) ? listIn(list.body, 'Shards').find(hasEnded) : undefined;
        const answer = await forward(call.body);
        if (closed === undefined || !isOk(answer)) return answer;
        done();
        const ShardId = textIn(closed, 'ShardId');
        tools.fired(call, { shard: ShardId });
        return withResults(call.api, answer, (result) => ({ ...result, ShardId }));
      },
    ),
});
