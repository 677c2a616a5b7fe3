import { z } from 'zod';
import { defineFault } from '../define-fault.ts';
import { answerLost, timedOut } from './answer-lost.ts';
import { putOptions, withProducer } from './put-options.ts';

/** Stores the call, and breaks its answer off in the middle: the head declares a length that never comes. */
export const cutResponse = defineFault({
  type: 'cut-response',
  at: 'put',
  summary: 'one call is stored, and its answer breaks off in its middle',
  legal: timedOut,
  options: z.strictObject({ ...putOptions }),
  conflicts: withProducer(),
  draw: () => ({}),
  arm: (options, tools) => answerLost(options, tools, (answer) => ({ kind: 'cut', answer })),
});
