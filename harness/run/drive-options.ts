import type { Recorder } from '../history/recorder.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import type { StackReshard } from '../provision/provisioner.ts';
import type { RecordIds } from '../tap/record-ids.ts';
import type { Group } from './group.ts';
import type { RunOptions } from './options.ts';
import type { PresentEnd } from './present-end.ts';

/** What every part of a run receives: the options of the run, and what was created for it. */
export type DriveOptions = RunOptions & {
  readonly kinesis: Kinesis;
  readonly stream: string;
  readonly recorder: Recorder;
  readonly identityRun: string;
  /** Writes a note to the history and shows it to the user. */
  readonly note: (note: string) => void;
  /** Reports that a program under test failed. The run continues to its verdict. */
  readonly commandFailed: (words: string) => void;
  /** Reports the number of records that programs received and did not send. */
  readonly neverSent: (count: number) => void;
  /** Reshards by an update of the stack. Present only if a stack created the stream. */
  readonly reshardByStack?: (shards: number) => Promise<StackReshard>;
  readonly presentEnd?: PresentEnd;
  /** Identifies a record that a reader received. Without it, only records of this tool have an identity. */
  readonly read?: RecordIds['read'];
  /** For a slice: the number of records that it will write. */
  readonly planned?: number;
  /** The slices of this run, if they share a stream that they create. */
  readonly group?: Group;
};
