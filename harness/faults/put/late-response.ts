import { z } from 'zod';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { timedOut } from './answer-lost.ts';
import { isPutCall, putOptions, withProducer } from './put-options.ts';

/**
 * Stores the call at once, and answers late: after later calls, or after a time by which a client may have given up.
 */
export const lateResponse = defineFault({
  type: 'late-response',
  at: 'put',
  summary: 'one call is stored at once, and its answer comes late',
  legal: timedOut,
  options: z.strictObject({
    ...putOptions,
    /** The answer comes when this many later calls of the producer were answered. Default 1. */
    laterCalls: z.int().min(1).max(10_000).default(1),
    /** The answer comes after this many milliseconds, if that is earlier. */
    ms: z.int().min(1).max(600_000).optional(),
  }),
  conflicts: withProducer(({ ms }, { name, inFlight }) =>
    ms === undefined && inFlight === 1
      ? [
          `late-response waits for later calls, and ${name} sends none before it has the answer: give ms, or inFlight 2 or more`,
        ]
      : [],
  ),
  draw: (random) => ({ ms: random.int(1, 30) }),
  arm:
    ({ laterCalls, ms, ...options }, tools) =>
    async (call, forward) => {
      const answer = await forward(call.body);
      if (!isPutCall(options, call, tools) || !isOk(answer)) return answer;
      tools.fired(call, ms === undefined ? { laterCalls } : { laterCalls, ms });
      await Promise.race([tools.afterLater(call, laterCalls), ...(ms === undefined ? [] : [tools.sleep(ms)])]);
      return answer;
    },
});
