import { z } from 'zod';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { once } from '../once.ts';
import { recordsOf } from './pages.ts';
import { isReadFrom, needsReader, readDetail, readOptions } from './read-options.ts';

/** The records of one page come in reverse order. `read` is the first that may be hit. */
export const unsortedPage = defineFault({
  type: 'unsorted-page',
  at: 'read',
  summary: 'the records of one page come in reverse order',
  planted: ['int-nonmonotonic-poll'],
  options: z.strictObject({ ...readOptions }),
  conflicts: needsReader,
  arm: (options, tools) =>
    once(
      (call) => isReadFrom(options, call, tools),
      async (call, forward, done) => {
        const answer = await forward(call.body);
        if (!isOk(answer) || recordsOf(answer).length < 2) return answer;
        done();
        tools.fired(call, readDetail(call));
        return { ...answer, body: { ...answer.body, Records: recordsOf(answer).toReversed() } };
      },
    ),
});
