import { z } from 'zod';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import type { Answer } from '../fault.ts';
import { behind, recordsOf, withheld } from './pages.ts';
import { drawForGetRecords, isGetRecords, needsReader, readDetail, readOptions } from './read-options.ts';

/**
 * Keeps a reader behind the tip: the newest record of each page is withheld, and MillisBehindLatest says so, also on
 * an empty page.
 */
export const lag = defineFault({
  type: 'lag',
  at: 'read',
  summary: 'a reader is kept behind the tip of its shard for some pages, and MillisBehindLatest says so',
  legal: {
    grade: 'permitted',
    sentence:
      'A value of zero indicates that record processing is caught up, and there are no new records to process at this moment.',
    source: 'SDK, GetRecordsOutput: no accuracy is promised, and never is it 0 with stored records ahead',
  },
  options: z.strictObject({
    ...readOptions,
    /** How many consecutive reads it affects. Default 3. */
    reads: z.int().min(1).max(10_000).default(3),
  }),
  conflicts: needsReader,
  draw: drawForGetRecords(() => ({ reads: 1 })),
  arm: (options, tools) => async (call, forward) => {
    const whole = await forward(call.body);
    if (!isGetRecords(options, call, tools) || !isOk(whole)) return whole;
    const count = recordsOf(whole).length;
    // The end of a shard is reported unchanged.
    if (count === 0 && typeof whole.body['NextShardIterator'] !== 'string') return whole;
    const answer = count > 1 ? await forward({ ...call.body, Limit: count - 1 }) : whole;
    if (!isOk(answer)) return answer;
    tools.fired(call, { ...readDetail(call), withheld: Math.min(count, 1) });
    if (count === 1) return withheld(whole, call);
    return count === 0 ? atTip(whole) : behind(answer, whole);
  },
});

const atTip = (answer: Answer): Answer => behind(answer, answer);
