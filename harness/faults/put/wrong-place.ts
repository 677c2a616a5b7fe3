import { z } from 'zod';
import { textIn } from '../../lib/text-in.ts';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { withResults } from './entries.ts';
import { isPutCall, putOptions, withProducer } from './put-options.ts';

/** Stores the records of one call, and acknowledges each with the sequence number after its own. */
export const wrongPlace = defineFault({
  type: 'wrong-place',
  at: 'put',
  summary: 'the records of one call are stored, and acknowledged with other sequence numbers than theirs',
  planted: ['ack-mismatch'],
  options: z.strictObject({ ...putOptions }),
  conflicts: withProducer(),
  arm: (options, tools) => async (call, forward) => {
    const answer = await forward(call.body);
    if (!isPutCall(options, call, tools) || !isOk(answer)) return answer;
    tools.fired(call);
    return withResults(call.api, answer, (result) => {
      const number = textIn(result, 'SequenceNumber');
      return number === undefined ? result : { ...result, SequenceNumber: String(BigInt(number) + 1n) };
    });
  },
});
