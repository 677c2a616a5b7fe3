import type { Recorder } from '../history/recorder.ts';
import type { ControlPlane } from '../kinesis/kinesis.ts';
import type { ShardInfo } from '../model/event.ts';
import { assertKeysCount } from './stream-of.ts';

export type TopologyOptions = {
  readonly kinesis: Pick<ControlPlane, 'listShards' | 'describe'>;
  readonly stream: string;
  readonly recorder: Recorder;
};

/**
 * Writes and returns the shards of ListShards, with the status of the stream at that time. Throws
 * HarnessError('target') if the stream was switched to AUTO.
 */
export const recordTopology = async ({ kinesis, stream, recorder }: TopologyOptions): Promise<readonly ShardInfo[]> => {
  const { status, distribution } = await kinesis.describe(stream);
  // The distribution can be changed while the stream is written to, and takes effect at once.
  assertKeysCount({ distribution, name: stream });
  const shards = await kinesis.listShards(stream);
  recorder.write({ type: 'topology', status, shards });
  return shards;
};
