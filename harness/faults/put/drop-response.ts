import { z } from 'zod';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { isPutCall, putOptions, withProducer } from './put-options.ts';

/**
 * The call is carried out, and its answer never comes: the connection is closed. What the producer does next is what
 * is tested.
 */
export const dropResponse = defineFault({
  type: 'drop-response',
  at: 'put',
  summary: 'one call is stored, but its answer never comes',
  legal: {
    grade: 'documented',
    sentence: 'a timed-out request may actually succeed at the backend. Retrying then leads to duplicates.',
    source: 'KPL, default_config.properties, RequestTimeout',
  },
  options: z.strictObject({ ...putOptions }),
  conflicts: withProducer(),
  draw: () => ({}),
  arm: (options, tools) => async (call, forward) => {
    const answer = await forward(call.body);
    if (!isPutCall(options, call, tools) || !isOk(answer)) return answer;
    tools.fired(call);
    return { kind: 'drop' };
  },
});
