import { z } from 'zod';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { isPutCall, putOptions, withProducer } from './put-options.ts';

/** The call is stored, and its answer stops in its middle: the head tells a length that never comes. */
export const cutResponse = defineFault({
  type: 'cut-response',
  at: 'put',
  summary: 'one call is stored, and its answer breaks off in its middle',
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
    return { kind: 'cut', answer };
  },
});
