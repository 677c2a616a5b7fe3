import { z } from 'zod';
import { defineFault } from '../define-fault.ts';
import { isPutCall, putOptions, withProducer } from './put-options.ts';

/** Resets the connection before the service gets the call. Nothing is stored, and the client cannot know that. */
export const reset = defineFault({
  type: 'reset',
  at: 'put',
  summary: 'the connection is reset before one call is stored, and the client cannot know that it was not',
  legal: {
    grade: 'permitted',
    sentence: 'unknown error, exception, or failure',
    source: 'SDK, common errors: a connection may be reset at any time',
  },
  options: z.strictObject({ ...putOptions }),
  conflicts: withProducer(),
  draw: () => ({}),
  arm: (options, tools) => async (call, forward) => {
    if (!isPutCall(options, call, tools)) return forward(call.body);
    tools.fired(call);
    return { kind: 'reset' };
  },
});
