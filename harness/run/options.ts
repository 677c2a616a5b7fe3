import type { Clock } from '../lib/clock.ts';
import type { Slice } from '../model/slice.ts';
import type { ProvisionWay } from '../provision/choose.ts';
import type { ResolvedScenario } from '../scenario/resolved.ts';
import type { RunningTarget } from '../targets/target.ts';

/** What a run tells while it goes on: for live progress, never for judging. */
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
  /** Left out: CloudFormation where the target has it. */
  readonly provision?: ProvisionWay;
  /** Makes whatever a team's own template holds. */
  readonly allowResources?: boolean;
  readonly onProgress?: (progress: Progress) => void;
  /** This run drives a part of the hash space; others of its group drive the rest. */
  readonly slice?: Slice;
  /** How long a slice waits for the others, milliseconds. */
  readonly sliceWaitMs?: number;
};

/**
 * The path of the history, always when a head was written; `error` when the target failed on the way (exit code 3).
 */
export type RunResult = {
  readonly history: string;
  readonly reason: 'completed' | 'interrupted' | 'failed';
  readonly error?: Error;
  /** What differs from what the scenario asked of its stream, and changes no order; notes of the history too. */
  readonly findings?: readonly string[];
  /** The stream that `keep` left. */
  readonly kept?: string;
  /** What tear-down could not remove, and why: `clean` finds it later. */
  readonly left?: { readonly stream: string; readonly why: string };
};
