import { systemClock } from '../lib/clock.ts';
import { HarnessError } from '../lib/error.ts';
import type { RunningTarget } from '../targets/target.ts';
import { noteAlive } from './alive.ts';
import type { RunPlan } from './plan-run.ts';
import { startChoice } from './start-target.ts';

/**
 * Starts the engine of a plan. Rejects with HarnessError('usage') if the engine lacks CloudFormation that the plan
 * asks for, so that this is reported once, not by each scenario.
 */
export const startPlanned = async ({ choice, suite }: RunPlan, signal: AbortSignal): Promise<RunningTarget> => {
  await noteAlive(suite.run, systemClock().wallMs());
  const target = await startChoice(choice, signal);
  if (suite.provision !== 'cloudformation' || target.capabilities.cloudformation) return target;
  await target.stop();
  throw new HarnessError(
    'usage',
    `--provision cloudformation: ${target.engine} ${target.version} has no CloudFormation`,
    { hint: 'use --provision api, or a target that has it: localstack, moto, ministack, aws' },
  );
};
