import { listIn } from '../answers.ts';
import type { Answer, ProxiedCall, Shape } from '../fault.ts';

export const recordsOf = ({ body }: Answer): readonly Shape[] => listIn(body, 'Records');

/** The arrival time of a record, Unix milliseconds; 0 if the engine reports none. */
const arrivalOf = (record: Shape | undefined): number => {
  const time = record?.['ApproximateArrivalTimestamp'];
  return time instanceof Date ? time.getTime() : 0;
};

/**
 * The MillisBehindLatest of a reader that got only the first `given` records. It is never 0 if stored records are
 * ahead, whatever the engine reports.
 */
const behindOf = (answer: Answer, given: number): number => {
  const records = recordsOf(answer);
  const said = answer.body['MillisBehindLatest'];
  const span = arrivalOf(records.at(-1)) - arrivalOf(records[Math.max(0, given - 1)]);
  return Math.max(typeof said === 'number' ? said : 0, span, 1);
};

/** A page without records and with the same iterator, so that the withheld records are still ahead. */
export const withheld = (answer: Answer, { body }: ProxiedCall): Answer => ({
  kind: 'answer',
  status: 200,
  body: { Records: [], NextShardIterator: body['ShardIterator'], MillisBehindLatest: behindOf(answer, 0) },
});

/** The answer for a reader that is behind. `whole` is the answer without the fault. */
export const behind = (answer: Answer, whole: Answer): Answer => ({
  ...answer,
  body: { ...answer.body, MillisBehindLatest: behindOf(whole, recordsOf(answer).length) },
});
