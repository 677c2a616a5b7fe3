import { listIn } from '../answers.ts';
import type { Answer, ProxiedCall, Shape } from '../fault.ts';

export const recordsOf = ({ body }: Answer): readonly Shape[] => listIn(body, 'Records');

/** Arrival times, milliseconds; 0 where an engine tells none. */
const arrivalOf = (record: Shape | undefined): number => {
  const time = record?.['ApproximateArrivalTimestamp'];
  return time instanceof Date ? time.getTime() : 0;
};

/**
 * How far a reader that was given only the first `given` records lies behind: never 0 with stored records ahead,
 * whatever the engine says.
 */
const behindOf = (answer: Answer, given: number): number => {
  const records = recordsOf(answer);
  const said = answer.body['MillisBehindLatest'];
  const span = arrivalOf(records.at(-1)) - arrivalOf(records[Math.max(0, given - 1)]);
  return Math.max(typeof said === 'number' ? said : 0, span, 1);
};

/** A page without records, with the same iterator: what was withheld is ahead. */
export const withheld = (answer: Answer, { body }: ProxiedCall): Answer => ({
  kind: 'answer',
  status: 200,
  body: { Records: [], NextShardIterator: body['ShardIterator'], MillisBehindLatest: behindOf(answer, 0) },
});

/** The answer as of a reader that is behind: `whole` is what it would have been given. */
export const behind = (answer: Answer, whole: Answer): Answer => ({
  ...answer,
  body: { ...answer.body, MillisBehindLatest: behindOf(whole, recordsOf(answer).length) },
});
