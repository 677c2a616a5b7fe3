import { z } from 'zod';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { behind, recordsOf } from './pages.ts';
import { drawForGetRecords, isGetRecords, needsReader, readDetail, readOptions, readsOption } from './read-options.ts';

/** Answers pages with fewer records than are stored and requested. The rest is ahead. */
export const shortPages = defineFault({
  type: 'short-pages',
  at: 'read',
  summary: 'pages hold fewer records than there are, and MillisBehindLatest stays above 0',
  legal: {
    grade: 'documented',
    sentence: 'The size of the data returned by GetRecords varies depending on the utilization of the shard.',
    source: 'SDK, GetRecords; Limit is a maximum',
  },
  options: z.strictObject({
    ...readOptions,
    ...readsOption,
    /** The most records of a page. Default 1. */
    records: z.int().min(1).max(10_000).default(1),
  }),
  conflicts: needsReader,
  draw: drawForGetRecords((random) => ({ records: random.int(1, 3) })),
  arm: (options, tools) => async (call, forward) => {
    const whole = await forward(call.body);
    const isMine = isGetRecords(options, call, tools) && isOk(whole) && recordsOf(whole).length > options.records;
    if (!isMine) return whole;
    const answer = await forward({ ...call.body, Limit: options.records });
    if (!isOk(answer)) return answer;
    tools.fired(call, { ...readDetail(call), given: recordsOf(answer).length, of: recordsOf(whole).length });
    return behind(answer, whole);
  },
});
