import type { Recorder } from '../history/recorder.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import type { StackReshard } from '../provision/provisioner.ts';
import type { RunOptions } from './options.ts';
import type { PresentEnd } from './present-end.ts';

/** What every part of a run is given: the run's own options, and what was made for it. */
export type DriveOptions = RunOptions & {
  readonly kinesis: Kinesis;
  readonly stream: string;
  readonly recorder: Recorder;
  readonly identityRun: string;
  /** A note of the history that a person should see as well. */
  readonly say: (note: string) => void;
  /** Only where a stack made the stream. */
  readonly reshardByStack?: (shards: number) => Promise<StackReshard>;
  readonly presentEnd?: PresentEnd;
};
