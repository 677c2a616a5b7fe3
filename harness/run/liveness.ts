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

/** After so many consecutive unanswered puts, the engine is checked. */
const silentMax = 20;
/**
 * So many in a row that are refused for good. A few, because on AWS a stream that was just made may not be known
 * everywhere.
 */
const refusedMax = 5;

/**
 * Tells a dead engine from a bad call: after some puts in a row without any answer the engine is asked directly, past
 * the gateway. Without this a producer would hand all its records to nobody; and so it would to a stream that is gone,
 * or that it may not write to.
 */
export const liveness = ({ kinesis, stream, who = 'the target', acked, onDead }: LivenessOptions): Told => {
  let silent = 0;
  let refused = 0;
  const ask = async (): Promise<void> => {
    const error = await unanswered(kinesis, stream);
    if (error === undefined) return;
    onDead(
      new HarnessError('target', `${who} no longer answers (${error}); ${acked()} records were acknowledged`, {
        hint: 'look at the log of the engine: it ended, hangs, or was stopped',
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
 * The name of what went wrong where the engine answers nothing at all; undefined for any answer, whatever it says. One
 * call, one attempt.
 */
export const unanswered = async (
  kinesis: Pick<DataPlane, 'getShardIterator'>,
  stream: string,
): Promise<string | undefined> => {
  const answer = await kinesis.getShardIterator({ stream, shard: 'shardId-000000000000', type: 'TRIM_HORIZON' });
  return answer.ok || !isUnanswered(answer.error) ? undefined : answer.error;
};

/** Names of socket errors and timeouts in Node and the SDK. */
const isUnanswered = (error: string): boolean => /^E[A-Z]+$/.test(error) || error === 'TimeoutError';
