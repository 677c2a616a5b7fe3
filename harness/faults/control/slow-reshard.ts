import { z } from 'zod';
import { errorAnswer, isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { callDetail, isReshard, needsReshard, reshardOptions } from './control-options.ts';
import { asUpdating } from './shard-lists.ts';

/**
 * Lets a reshard take long: the next descriptions show the stream as UPDATING, and other reshards are refused until
 * then. Reads and writes continue.
 */
export const slowReshard = defineFault({
  type: 'slow-reshard',
  at: 'reshard',
  spans: true,
  summary: 'after a reshard the stream stays UPDATING for some looks at it',
  legal: {
    grade: 'documented',
    sentence:
      'UPDATING - Shards in the stream are being merged or split. Read and write operations continue to work while the stream is in the UPDATING state.',
    source: 'SDK, StreamDescription',
  },
  options: z.strictObject({
    ...reshardOptions,
    /** The number of answers of DescribeStream and DescribeStreamSummary that still say UPDATING. Default 3. */
    describes: z.int().min(1).max(10_000).default(3),
  }),
  conflicts: needsReshard,
  draw: (random) => ({ describes: random.int(1, 5) }),
  arm: (options, tools) => {
    let left = 0;
    let slow: string | undefined;
    return async (call, forward) => {
      const isSlow = left > 0 && call.stream === slow && !tools.isHealed();
      if (call.kind === 'reshard' && isSlow)
        return errorAnswer('ResourceInUseException', `Stream ${slow} is UPDATING, by kinesis-order (slow-reshard)`);
      const isLook = isSlow && (call.kind === 'describe' || call.api === 'DescribeStream');
      if (isLook) left -= 1;
      const answer = await forward(call.body);
      if (!isOk(answer)) return answer;
      if (isReshard(options, call, tools)) {
        [left, slow] = [options.describes, call.stream];
        tools.fired(call, { ...callDetail(call), describes: options.describes });
      }
      return isLook ? asUpdating(answer) : answer;
    };
  },
});
