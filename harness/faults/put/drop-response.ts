import { z } from 'zod';
import { defineFault } from '../define-fault.ts';
import { answerLost, timedOut } from './answer-lost.ts';
import { putOptions, withProducer } from './put-options.ts';

/**
 * The call is carried out, and its answer never comes: the connection is closed. What the producer does next is what
 * is tested.
 */
export const dropResponse = defineFault({
  type: 'drop-response',
  at: 'put',
  summary: 'one call is stored, but its answer never comes',
  legal: timedOut,
  options: z.strictObject({ ...putOptions }),
  conflicts: withProducer(),
  draw: () => ({}),
  arm: (options, tools) => answerLost(options, tools, () => ({ kind: 'drop' })),
});
