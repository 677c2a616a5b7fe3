import type { Clock } from '../lib/clock.ts';
import type { Slice } from '../model/slice.ts';
import type { ProvisionWay } from '../provision/choose.ts';
import type { ResolvedScenario } from '../scenario/resolved.ts';
import type { RunningTarget } from '../targets/target.ts';

/** Progress of a run, for display only. */
export type Progress = {
  readonly phase: 'provision' | 'load' | 'heal' | 'seal' | 'drain' | 'tear-down' | 'done';
  readonly acked: number;
  readonly planned: number;
  readonly read: number;
};

export type RunOptions = {
  readonly scenario: ResolvedScenario;
  readonly target: RunningTarget;
  /** `reports/<run id>`: the history is written to `<folder>/<scenario name>.ndjson`. */
  readonly folder: string;
  readonly run: string;
  readonly clock: Clock;
  readonly keep: boolean;
  readonly signal: AbortSignal;
  /** Default: CloudFormation if the target supports it. */
  readonly provision?: ProvisionWay;
  /** Allows all resources of the user's template, not only streams and harmless ones. */
  readonly allowResources?: boolean;
  readonly onProgress?: (progress: Progress) => void;
  /** The slice of the hash keys that this run drives; other runs of its group drive the rest. */
  readonly slice?: Slice;
  /** How long a slice waits for the others, milliseconds. */
  readonly sliceWaitMs?: number;
};

/** The result of a run. `history`: the path of the history. `error`: why the target or a program failed. */
export type RunResult = {
  readonly history: string;
  readonly reason: 'completed' | 'interrupted' | 'failed';
  readonly error?: Error;
  /** Differences from the requested stream that do not affect order, and the notes of the history. */
  readonly findings?: readonly string[];
  /** Name of the stream that `keep` kept. */
  readonly kept?: string;
  /** The stream that tear-down could not delete, and why. `clean` finds it later. */
  readonly left?: { readonly stream: string; readonly why: string };
};
