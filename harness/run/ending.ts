import type { Recorder } from '../history/recorder.ts';
import { HarnessError } from '../lib/error.ts';
import type { EndEvent } from '../model/event.ts';
import type { RunningTarget } from '../targets/target.ts';
import type { RunOptions, RunResult } from './options.ts';

/**
 * Writes the last line of a history, whatever came before it: completed, interrupted, or failed with the message of
 * the error.
 */
export const finished = async (
  options: RunOptions,
  recorder: Recorder,
  history: string,
  /** Returns further fields of the last line. */
  drive: () => Promise<Pick<EndEvent, 'neverSent'>>,
): Promise<RunResult> => {
  try {
    const known = await drive();
    options.signal.throwIfAborted();
    recorder.write({ type: 'phase', phase: 'done' });
    recorder.write({ type: 'end', reason: 'completed', ...known });
    return { history, reason: 'completed' };
  } catch (thrown) {
    const error = withWords(thrown, options.target);
    const reason = options.signal.aborted ? 'interrupted' : 'failed';
    recorder.write({ type: 'end', reason, error: error.message });
    return reason === 'interrupted' ? { history, reason } : { history, reason, error };
  }
};

export const errorOf = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/** Adds the engine's last output to an error, because only that says why an engine died. */
const withWords = (thrown: unknown, target: RunningTarget): Error => {
  const error = errorOf(thrown);
  const words = target.words();
  // A mistake in the scenario is not the engine's fault.
  if (error instanceof HarnessError && error.code === 'usage') return error;
  const text = words === '' ? error.message : `${error.message}; ${target.engine} printed: ${words.slice(-600)}`;
  const hint = error instanceof HarnessError && error.hint !== undefined ? { hint: error.hint } : {};
  return new HarnessError('target', text, { cause: error, ...hint });
};
