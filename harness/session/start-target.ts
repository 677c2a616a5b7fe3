import { interruptedBy, unlessInterrupted } from '../lib/unless-interrupted.ts';
import { exposedAt } from '../targets/exposure.ts';
import { targets } from '../targets/registry.ts';
import type { RunningTarget } from '../targets/target.ts';
import { type Config, cacheFolder } from './settings.ts';
import { chooseTarget, type TargetChoice, type TargetFlags } from './target-choice.ts';

/** The engine that flags and configuration choose, started or attached to. */
export const startTarget = (flags: TargetFlags, config: Config, signal: AbortSignal): Promise<RunningTarget> =>
  startChoice(chooseTarget(flags, config), signal);

/**
 * Starts or attaches to the chosen engine. Rejects when the signal aborts: at once for an attached engine, which
 * leaves nothing behind; otherwise after the engine was stopped.
 */
export const startChoice = async (choice: TargetChoice, signal: AbortSignal): Promise<RunningTarget> => {
  if (signal.aborted) throw interruptedBy(signal);
  const { name, because, ...options } = choice;
  const starting = targets[name].start({ ...options, cacheFolder: cacheFolder(), signal });
  try {
    const target = await unlessInterrupted(starting, signal);
    const chosen = because === undefined ? target : { ...target, because };
    return isStarted(choice) ? await withExposure(chosen) : chosen;
  } catch (thrown) {
    if (signal.aborted && isStarted(choice)) await stopped(starting);
    throw signal.aborted ? interruptedBy(signal) : thrown;
  }
};

/** Others can write to an engine that they can reach, so the user is warned. */
const withExposure = async (target: RunningTarget): Promise<RunningTarget> => {
  const port = Number(new URL(target.client.endpoint ?? 'http://localhost').port);
  const exposed = port > 0 ? await exposedAt(port) : undefined;
  return exposed === undefined ? target : { ...target, exposed };
};

const isStarted = ({ name, endpoint }: TargetChoice): boolean => endpoint === undefined && name !== 'aws';

/**
 * A starting engine gets the signal and cleans up after itself. If the engine starts all the same, it is stopped here.
 */
const stopped = async (starting: Promise<RunningTarget>): Promise<void> => {
  const target = await starting.catch(() => undefined);
  await target?.stop();
};
