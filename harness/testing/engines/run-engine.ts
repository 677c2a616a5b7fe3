import { join } from 'node:path';
import { systemClock } from '../../lib/clock.ts';
import { messageOf } from '../../lib/error.ts';
import type { LoadedScenario } from '../../scenario/load.ts';
import { type Outcome, runAndJudge } from '../../session/run-and-judge.ts';
import { targets } from '../../targets/registry.ts';
import type { RunningTarget } from '../../targets/target.ts';
import { type AttachedDifference, attachedDifferences } from './attached.ts';
import { type ContractResult, runContract } from './contract.ts';
import { contractClaims } from './contract-claims.ts';
import { type EngineChoice, labelOf } from './engine-list.ts';
import { reshardClaims } from './reshard-claims.ts';
import { wordOf } from './word-of.ts';

export type EngineResult = {
  readonly label: string;
  readonly engine: string;
  readonly version: string;
  /** Why it did not start. The other fields are then empty. */
  readonly failure?: string;
  readonly readyMs: number;
  /** The time from the start command to the first verdict. */
  readonly firstVerdictMs: number;
  readonly totalMs: number;
  readonly slowness: number;
  readonly contract: readonly ContractResult[];
  readonly outcomes: readonly Outcome[];
  /** Differences between the attached and the started engine, and what else is wrong. */
  readonly attached: readonly AttachedDifference[];
};

export type RunEngineOptions = {
  readonly scenarios: readonly LoadedScenario[];
  readonly folder: string;
  readonly run: string;
  readonly cacheFolder: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
};

/** Starts one engine, and runs the scenarios, then the contract. An engine that does not start is a result, too. */
export const runEngine = async (choice: EngineChoice, options: RunEngineOptions): Promise<EngineResult> => {
  const label = labelOf(choice);
  const clock = systemClock();
  const { cacheFolder, signal } = options;
  const version = choice.version === undefined ? {} : { engineVersion: choice.version };
  let target: RunningTarget;
  try {
    target = await targets[choice.target].start({ region: 'us-east-1', cacheFolder, signal, ...version });
  } catch (thrown) {
    return { ...nothing, label, engine: choice.target, version: choice.version ?? '', failure: messageOf(thrown) };
  }
  try {
    const readyMs = clock.now() / 1000;
    options.say(`${label}: ready after ${Math.round(readyMs)} ms`);
    const { outcomes, firstVerdictMs } = await runScenarios(target, label, options, () => clock.now() / 1000);
    const attached = await attachedDifferences(target, outcomes, { ...options, folder: join(options.folder, label) });
    const contract = await runContract(target, options.run, [...contractClaims, ...reshardClaims]);
    for (const { claim, state, sentence } of contract)
      options.say(`  ${state}: ${claim}${sentence && ` (${sentence})`}`);
    const { engine, version: told, slowness } = target;
    const totalMs = clock.now() / 1000;
    return { label, engine, version: told, readyMs, firstVerdictMs, totalMs, slowness, contract, outcomes, attached };
  } finally {
    await target.stop();
  }
};

const nothing = { readyMs: 0, firstVerdictMs: 0, totalMs: 0, slowness: 1, contract: [], outcomes: [], attached: [] };

const runScenarios = async (
  target: RunningTarget,
  label: string,
  { scenarios, folder, run, signal, say }: RunEngineOptions,
  nowMs: () => number,
): Promise<{ readonly outcomes: readonly Outcome[]; readonly firstVerdictMs: number }> => {
  const outcomes: Outcome[] = [];
  let firstVerdictMs = 0;
  const [name, version] = label.split('@');
  const options = {
    target,
    replayArgs: ` --target ${name}${version === undefined ? '' : ` --engine-version ${version}`}`,
    folder: join(folder, label),
    run,
    keep: false,
    strict: false,
    signal,
  };
  for (const scenario of scenarios) {
    const outcome = await runAndJudge(scenario, options);
    firstVerdictMs ||= nowMs();
    outcomes.push(outcome);
    say(`  ${scenario.scenario.name}: ${wordOf(outcome)}`);
  }
  return { outcomes, firstVerdictMs };
};
