import { z } from 'zod';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { recordsOf, withheld } from './pages.ts';
import { drawForGetRecords, isGetRecords, needsReader, readDetail, readOptions, readsOption } from './read-options.ts';

/**
 * Answers pages without records although records are ahead. Only pages that would have had records count as firings.
 */
export const emptyReads = defineFault({
  type: 'empty-reads',
  at: 'read',
  summary: 'pages come empty with data ahead, and MillisBehindLatest stays above 0',
  legal: {
    grade: 'documented',
    sentence:
      'GetRecords returns an empty list. It might take multiple calls to get to a portion of the shard that contains records.',
    source: 'SDK, GetRecords',
  },
  options: z.strictObject({ ...readOptions, ...readsOption }),
  conflicts: needsReader,
  draw: drawForGetRecords(() => ({})),
  arm: (options, tools) => async (call, forward) => {
    const answer = await forward(call.body);
    if (!isGetRecords(options, call, tools) || !isOk(answer) || recordsOf(answer).length === 0) return answer;
    tools.fired(call, readDetail(call));
    return withheld(answer, call);
  },
});
