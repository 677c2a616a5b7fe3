import { z } from 'zod';
import { defineVariant } from '../lib/variant.ts';
import { callOptions, isCall } from './call-options.ts';
import { alone } from './entries.ts';
import type { Fault } from './fault.ts';

/** A record is sent once and stored twice, the second time behind its call: a repetition that is nobody's retry. */
export const duplicateRecord: Fault = defineVariant({
  summary: 'the first record of one call is stored twice',
  options: z.strictObject({ ...callOptions }),
  make:
    (options) =>
    ({ fired }) =>
    async (call, forward) => {
      const answer = await forward(call.body);
      if (!isCall(options, call) || answer.kind === 'drop' || answer.status !== 200) return answer;
      const again = await forward(alone(call, 0));
      if (again.kind === 'answer' && again.status === 200) fired(call);
      return answer;
    },
});
