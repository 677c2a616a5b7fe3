import { z } from 'zod';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { once } from '../once.ts';
import { recordsOf } from './pages.ts';
import { isReadFrom, needsReader, readDetail, readOptions } from './read-options.ts';

/** The page behind one page begins again where that one began. `read` is the first that may be hit. */
export const pageBack = defineFault({
  type: 'page-back',
  at: 'read',
  summary: 'the page behind one page begins again where that one began',
  planted: ['nonmonotonic-poll'],
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
        return { ...answer, body: { ...answer.body, NextShardIterator: call.body['ShardIterator'] } };
      },
    ),
});
