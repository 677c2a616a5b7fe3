import { z } from 'zod';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { once } from '../once.ts';
import { recordsOf } from './pages.ts';
import { isReadFrom, needsReader, readDetail, readOptions } from './read-options.ts';

/** The first record of one page is given twice. `read` is the first that may be hit. */
export const repeatRecord = defineFault({
  type: 'repeat-record',
  at: 'read',
  summary: 'the first record of one page is given twice',
  planted: ['re-delivery'],
  options: z.strictObject({ ...readOptions }),
  conflicts: needsReader,
  arm: (options, tools) =>
    once(
      (call) => isReadFrom(options, call, tools),
      async (call, forward, done) => {
        const answer = await forward(call.body);
        if (!isOk(answer) || recordsOf(answer).length < 1) return answer;
        done();
        tools.fired(call, readDetail(call));
        return {
          ...answer,
          body: { ...answer.body, Records: [...recordsOf(answer).slice(0, 1), ...recordsOf(answer)] },
        };
      },
    ),
});
