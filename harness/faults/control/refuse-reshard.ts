import { z } from 'zod';
import { errorAnswer } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { callDetail, isReshard, needsReshard, reshardOptions } from './control-options.ts';

/** Refuses a reshard, because there are too many at once, or the stream is busy. Nothing is changed. */
export const refuseReshard = defineFault({
  type: 'refuse-reshard',
  at: 'reshard',
  summary: 'one reshard is refused, and nothing is changed',
  legal: {
    grade: 'documented',
    sentence:
      'If you try to operate on too many streams simultaneously using CreateStream, DeleteStream, MergeShards, and/or SplitShard, you receive a LimitExceededException.',
    source: 'SDK, SplitShard; ResourceInUseException where the stream is not ACTIVE',
  },
  options: z.strictObject({
    ...reshardOptions,
    /** The exception. Default LimitExceededException. */
    code: z.enum(['LimitExceededException', 'ResourceInUseException']).default('LimitExceededException'),
  }),
  conflicts: needsReshard,
  draw: () => ({}),
  arm: (options, tools) => async (call, forward) => {
    if (!isReshard(options, call, tools)) return forward(call.body);
    tools.fired(call, { ...callDetail(call), code: options.code });
    return errorAnswer(options.code, 'refused by kinesis-order (refuse-reshard)');
  },
});
