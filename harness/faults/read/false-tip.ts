import { z } from 'zod';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { recordsOf } from './pages.ts';
import { isGetRecords, needsReader, readDetail, readOptions, readsOption } from './read-options.ts';

/** Answers empty pages that say that nothing is left, although records are ahead. */
export const falseTip = defineFault({
  type: 'false-tip',
  at: 'read',
  summary: 'pages come empty and say that the reader has caught up, with records ahead',
  planted: ['bookmark-broken'],
  options: z.strictObject({ ...readOptions, ...readsOption }),
  conflicts: needsReader,
  arm: (options, tools) => async (call, forward) => {
    const answer = await forward(call.body);
    if (!isGetRecords(options, call, tools) || !isOk(answer) || recordsOf(answer).length === 0) return answer;
    tools.fired(call, readDetail(call));
    const body = { Records: [], NextShardIterator: call.body['ShardIterator'], MillisBehindLatest: 0 };
    return { ...answer, body };
  },
});
