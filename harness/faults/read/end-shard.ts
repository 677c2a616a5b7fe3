import { z } from 'zod';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { once } from '../once.ts';
import { recordsOf } from './pages.ts';
import { isReadFrom, needsReader, readDetail, readOptions } from './read-options.ts';

/** An open shard is told as ended: a page has no next iterator. `read` is the first that may be hit. */
export const endShard = defineFault({
  type: 'end-shard',
  at: 'read',
  summary: 'an open shard is told as ended: a page without a next iterator',
  planted: ['premature-shard-end'],
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
        return { ...answer, body: { ...answer.body, NextShardIterator: undefined } };
      },
    ),
});
