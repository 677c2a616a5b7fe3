import { waitFor, waitWords } from '../commands/wait-for.ts';
import { waitOf } from '../commands/wait-options.ts';
import type { Clock } from '../lib/clock.ts';
import { HarnessError } from '../lib/error.ts';
import type { CommandOptions } from './command-options.ts';
import type { Instance } from './instance.ts';
import type { Progress } from './progress.ts';
import type { SubjectDoor } from './subject-door.ts';

export type StartedOptions = {
  readonly instance: Instance;
  readonly door: SubjectDoor;
  readonly progress: Progress;
  readonly wait: CommandOptions['wait'];
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

/**
 * Resolves when an instance has started (see `wait`), has ended, or is no longer needed. Rejects with
 * HarnessError('target') if it does not start in time.
 */
export const isStarted = async (options: StartedOptions): Promise<void> => {
  const { instance, door, progress, wait: given, timeoutMs, clock, signal } = options;
  const wait = waitOf(given);
  const over = new AbortController();
  const stop = (): void => over.abort(new Error('over'));
  signal.addEventListener('abort', stop, { once: true });
  const late = clock.sleep(timeoutMs, over.signal).then(
    () => 'late' as const,
    () => 'over' as const,
  );
  const waiting = waitFor(wait, { firstCall: firstSign(options), onStdout: instance.onOutput, signal: over.signal });
  const outcome = await Promise.race([
    waiting.then(
      () => 'started' as const,
      () => 'over' as const,
    ),
    late,
    instance.ended,
  ]);
  signal.removeEventListener('abort', stop);
  over.abort(new Error('over'));
  if (outcome !== 'late' || (wait.type === 'firstCall' && progress.isSeen)) return;
  throw new HarnessError(
    'target',
    `the consumer ${instance.name} did not start within ${timeoutMs} ms: waited for ${waitWords(wait)} (${door.endpoint})`,
    { hint: `its last lines: ${instance.lastLines().join(' | ') || 'none'}` },
  );
};

/**
 * Resolves when the application fetches a page, or prints a line. Other calls do not count: a library may call the
 * engine long before it reads.
 */
const firstSign = ({ progress }: StartedOptions): Promise<void> => {
  if (progress.isReading) return Promise.resolve();
  let stop: () => void = () => undefined;
  const reading = new Promise<void>((resolve) => {
    stop = progress.onChange(() => {
      if (progress.isReading) resolve();
    });
  });
  return reading.finally(() => stop());
};
