import { slownessMax } from '../targets/probe.ts';
import type { RunningTarget } from '../targets/target.ts';

/** The target with longer deadlines for workers that share it, up to a limit. Deadlines scale, the work never does. */
export const sharedBy = (target: RunningTarget, workers: number): RunningTarget => ({
  ...target,
  slowness: Math.max(target.slowness, Math.min(slownessMax, target.slowness * workers)),
});

/** Notes on the engine for the first line. */
export const noticeOf = (target: RunningTarget, workers = 1): string =>
  [
    target.because === undefined ? '' : `, because ${target.because}`,
    deadlineWords(target, workers),
    target.exposed === undefined ? '' : exposedWords(target.exposed),
  ].join('');

const exposedWords = (at: string): string => `; it could not be bound to this machine: others reach it at ${at}`;

/** A note if deadlines differ from the configured ones, so that the user learns it at the start; else empty. */
export const deadlineWords = ({ slowness, client }: RunningTarget, workers = 1): string => {
  if (slowness <= 1) return '';
  const why = client.endpoint === undefined ? 'AWS takes its time' : 'it answers slowly';
  return `, deadlines × ${slowness} (${workers > 1 ? `${why}, or is shared by ${workers} workers` : why})`;
};
