import { z } from 'zod';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { alone } from './entries.ts';
import { isPutCall, putOptions, withProducer } from './put-options.ts';

/** Stores a record twice that was sent once, the second time after its call. No client retried it. */
export const duplicateRecord = defineFault({
  type: 'duplicate-record',
  at: 'put',
  summary: 'the first record of one call is stored twice',
  planted: ['duplicate'],
  options: z.strictObject({ ...putOptions }),
  conflicts: withProducer(),
  arm: (options, tools) => async (call, forward) => {
    const answer = await forward(call.body);
    if (!isPutCall(options, call, tools) || !isOk(answer)) return answer;
    if (isOk(await forward(alone(call, 0)))) tools.fired(call);
    return answer;
  },
});
