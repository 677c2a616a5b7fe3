import { z } from 'zod';
import { defineVariant } from '../lib/variant.ts';
import { callOptions, isCall } from './call-options.ts';
import type { Fault } from './fault.ts';

/**
 * The call is carried out, and its answer never comes: the connection is closed. What the producer does next is what
 * is tested.
 */
export const dropResponse: Fault = defineVariant({
  summary: 'one call is stored, but its answer never comes',
  options: z.strictObject({ ...callOptions }),
  make:
    (options) =>
    ({ fired }) =>
    async (call, forward) => {
      const answer = await forward(call.body);
      if (!isCall(options, call) || answer.kind === 'drop' || answer.status !== 200) return answer;
      fired(call);
      return { kind: 'drop' };
    },
});
