import { z } from 'zod';
import { textIn } from '../../lib/text-in.ts';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { once } from '../once.ts';
import { isPutFrom, putOptions, withProducer } from './put-options.ts';

/**
 * Answers a put with SequenceNumberForOrdering with a number that is not above it. It fires at the first such put from
 * `call` on.
 */
export const lowNumber = defineFault({
  type: 'low-number',
  at: 'put',
  summary: 'a put with SequenceNumberForOrdering is answered with a number below it',
  planted: ['snfo-broken'],
  options: z.strictObject({ ...putOptions }),
  conflicts: withProducer((_, { name, type, sequenceNumberForOrdering }) =>
    type === 'putRecord' && (sequenceNumberForOrdering ?? false) === false
      ? [`low-number needs SequenceNumberForOrdering, and ${name} sends none`]
      : [],
  ),
  arm: (options, tools) =>
    once(
      (call) => isPutFrom(options, call, tools),
      async (call, forward, done) => {
        const answer = await forward(call.body);
        const after = textIn(call.body, 'SequenceNumberForOrdering');
        if (after === undefined || !isOk(answer)) return answer;
        done();
        tools.fired(call, { after });
        return { ...answer, body: { ...answer.body, SequenceNumber: String(BigInt(after) - 1n) } };
      },
    ),
});
