import { fatalErrorOf, isFatal } from '../kinesis/fatal-errors.ts';
import type { DataPlane, PutOutcome } from '../kinesis/kinesis.ts';
import { HarnessError } from '../lib/error.ts';

export type LivenessOptions = {
  readonly kinesis: Pick<DataPlane, 'getShardIterator'>;
  readonly stream: string;
  /** Name of the engine for messages. */
  readonly who?: string;
  readonly acked: () => number;
  readonly onDead: (error: HarnessError) => void;
};

type Told = (outcome: PutOutcome, api?: string) => void;

/** After this many unanswered puts in a row, the engine is called directly. */
const silentMax = 20;
/**
 * After this many puts in a row that are refused for good, the run ends. One refusal is not enough: on AWS a new
 * stream may not be visible everywhere yet.
 */
const refusedMax = 5;

/**
 * Tells a dead engine from a failed call. After some puts in a row without an answer, the engine is called directly,
 * past the gateway. If it does not answer, the run ends, because a producer would send all its other records in vain.
 * The run also ends if the stream is gone, or may not be written to.
 */
export const liveness = ({ kinesis, stream, who = 'the target', acked, onDead }: LivenessOptions): Told => {
  let silent = 0;
  let refused = 0;
  const ask = async (): Promise<void> => {
    const error = await unanswered(kinesis, stream);
    if (error === undefined) return;
    onDead(
      new HarnessError('target', `${who} no longer answers (${error}); ${acked()} records were acknowledged`, {
        hint: 'check the log of the engine: it ended, hangs, or was stopped',
      }),
    );
  };
  return (outcome, api = 'a put') => {
    const isFailed = outcome.outcome !== 'ok';
    silent = isFailed && isUnanswered(outcome.error) ? silent + 1 : 0;
    refused = isFailed && isFatal(outcome.error) ? refused + 1 : 0;
    if (silent > 0 && silent % silentMax === 0) void ask();
    if (isFailed && refused === refusedMax) onDead(fatalErrorOf({ ...outcome, call: api, stream }));
  };
};

/**
 * The name of the error if the engine does not answer at all; undefined for any answer, even an error. Makes one call,
 * with one attempt.
 */
export const unanswered = async (
  kinesis: Pick<DataPlane, 'getShardIterator'>,
  stream: string,
): Promise<string | undefined> => {
  const answer = await kinesis.getShardIterator({ stream, shard: 'shardId-000000000000', type: 'TRIM_HORIZON' });
  return answer.ok || !isUnanswered(answer.error) ? undefined : answer.error;
};

/** True for the names of socket errors and timeouts in Node and the SDK. */
const isUnanswered = (error: string): boolean => /^E[A-Z]+$/.test(error) || error === 'TimeoutError';
