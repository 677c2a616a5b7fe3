import { targets } from '../targets/registry.ts';
import type { RunningTarget } from '../targets/target.ts';
import { type Config, cacheFolder } from './settings.ts';
import { chooseTarget, type TargetChoice, type TargetFlags } from './target-choice.ts';

/** The engine that flags and configuration choose, started or attached to. */
export const startTarget = (flags: TargetFlags, config: Config, signal: AbortSignal): Promise<RunningTarget> =>
  startChoice(chooseTarget(flags, config), signal);

export const startChoice = ({ name, ...choice }: TargetChoice, signal: AbortSignal): Promise<RunningTarget> =>
  targets[name].start({ ...choice, cacheFolder: cacheFolder(process.cwd()), signal });
