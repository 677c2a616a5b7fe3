import { z } from 'zod';
import { defineFault } from '../define-fault.ts';
import { answerLost, timedOut } from './answer-lost.ts';
import { putOptions, withProducer } from './put-options.ts';

/** Carries the call out, and closes the connection without an answer. This tests what the producer does next. */
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
