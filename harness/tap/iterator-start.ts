import { textIn } from '../lib/text-in.ts';
import type { IteratorStart } from '../model/event.ts';
import { isSequenceNumber } from '../model/sequence-number.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The start of a GetShardIterator that was sent at `t0` and answered at `t`. */
export const startOfIterator = (input: Fields, t0: number, t: number): IteratorStart =>
  startOf(input['ShardIteratorType'], input['StartingSequenceNumber'], input['Timestamp'], { t0, t });

/** The start of a SubscribeToShard. */
export const startOfSubscription = (input: Fields, t0: number, t: number): IteratorStart => {
  const position = (input['StartingPosition'] ?? {}) as Fields;
  return startOf(textIn(position, 'Type'), position['SequenceNumber'], position['Timestamp'], { t0, t });
};

/** UNKNOWN if an engine accepted a type that is none of the five, or a position that is not valid. */
const startOf = (type: unknown, seq: unknown, at: unknown, times: Pick<IteratorStart, 't0' | 't'>): IteratorStart => {
  if (type === 'TRIM_HORIZON' || type === 'LATEST') return { type, ...times };
  if ((type === 'AT_SEQUENCE_NUMBER' || type === 'AFTER_SEQUENCE_NUMBER') && isSequenceNumber(seq))
    return { type, seq, ...times };
  if (type === 'AT_TIMESTAMP' && at instanceof Date) return { type, at: at.getTime(), ...times };
  return { type: 'UNKNOWN', ...times };
};
