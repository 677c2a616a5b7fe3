import { z } from 'zod';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { once } from '../once.ts';
import { recordsOf } from './pages.ts';
import { isReadFrom, needsReader, readDetail, readOptions } from './read-options.ts';

/** One record in the middle of a page is left out. `read` is the first that may be hit. */
export const skipRecord = defineFault({
  type: 'skip-record',
  at: 'read',
  summary: 'one record in the middle of a page is left out',
  planted: ['poll-skip'],
  options: z.strictObject({ ...readOptions }),
  conflicts: needsReader,
  arm: (options, tools) =>
    once(
      (call) => isReadFrom(options, call, tools),
      async (call, forward, done) => {
        const answer = await forward(call.body);
        if (!isOk(answer) || recordsOf(answer).length < 3) return answer;
        done();
        tools.fired(call, readDetail(call));
        return { ...answer, body: { ...answer.body, Records: recordsOf(answer).toSpliced(1, 1) } };
      },
    ),
});
