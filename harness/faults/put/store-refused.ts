import { z } from 'zod';
import { errorAnswer, isOk, throttled } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { failEntries } from './entries.ts';
import { isPutCall, putOptions, withProducer } from './put-options.ts';

/** Refuses a record as throttled, and stores it nevertheless. */
export const storeRefused = defineFault({
  type: 'store-refused',
  at: 'put',
  summary: 'the first record of one call is refused as one too many, and stored all the same',
  planted: ['aborted-read'],
  options: z.strictObject({ ...putOptions }),
  conflicts: withProducer(),
  arm: (options, tools) => async (call, forward) => {
    if (!isPutCall(options, call, tools)) return forward(call.body);
    const message = 'Rate exceeded, by kinesis-order (store-refused)';
    if (call.api === 'PutRecord') {
      const answer = await forward(call.body);
      if (!isOk(answer)) return answer;
      tools.fired(call);
      return errorAnswer(throttled, message);
    }
    const failing = { failed: new Set([0]), code: throttled, message, isStored: true };
    const answer = await failEntries(call, forward, failing);
    if (isOk(answer)) tools.fired(call);
    return answer;
  },
});
