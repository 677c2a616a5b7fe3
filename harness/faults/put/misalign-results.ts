import { z } from 'zod';
import { isOk, listIn } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { isPutCall, putOptions, withProducer } from './put-options.ts';

/** Answers one PutRecords with its results in reverse order. */
export const misalignResults = defineFault({
  type: 'misalign-results',
  at: 'put',
  summary: 'the results of one PutRecords come in reverse order',
  planted: ['response-misalignment'],
  options: z.strictObject({ ...putOptions }),
  conflicts: withProducer((_, { name, type }) =>
    type === 'putRecord' ? [`misalign-results concerns PutRecords, and ${name} uses PutRecord`] : [],
  ),
  arm: (options, tools) => async (call, forward) => {
    const answer = await forward(call.body);
    const isMine = isPutCall(options, call, tools) && isOk(answer) && listIn(answer.body, 'Records').length > 1;
    if (!isMine) return answer;
    tools.fired(call);
    return { ...answer, body: { ...answer.body, Records: listIn(answer.body, 'Records').toReversed() } };
  },
});
