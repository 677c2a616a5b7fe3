import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import type { FaultInput } from '../../faults/registry.ts';
import type { ScenarioInput } from '../../scenario/input.ts';
import type { RunningTarget } from '../../targets/target.ts';
import { logLaw } from '../generators/runs.ts';
import { allPositions, type Commands, commandsArbitrary, type Position } from './commands.ts';
import { emptyDraft, modelOf, type Setup, scenarioOf, setupArbitrary } from './draft.ts';
import { judgedRun } from './judge-run.ts';

export type CheckEngineOptions = {
  readonly target: RunningTarget;
  /** Where histories and the scenario of a counterexample go. */
  readonly folder: string;
  readonly runs: number;
  readonly maxCommands?: number;
  /** Where readers may begin: all that the engine can, by default all. */
  readonly positions?: readonly Position[];
  /** fast-check's own words for seeing a counterexample again at once. */
  readonly seed?: number;
  readonly path?: string;
  readonly replayPath?: string;
  /** Lies told by a proxy before the engine: they must be found. */
  readonly faults?: readonly FaultInput[];
  readonly signal?: AbortSignal;
};

export type Counterexample = {
  readonly scenario: ScenarioInput;
  readonly seed: number;
  readonly verdict: string;
  readonly problems: readonly string[];
};

/**
 * A counterexample: what was wrong, the smallest list of commands, how to see it again, and the file that replays it.
 */
export class EngineError extends Error {
  readonly file: string;
  readonly counterexample: Counterexample;

  constructor(message: string, file: string, counterexample: Counterexample) {
    super(message);
    this.name = 'EngineError';
    this.file = file;
    this.counterexample = counterexample;
  }
}

/**
 * Lists of commands against a real engine: each is one run of the harness, and after it the judge must find nothing
 * that the engine's known deviations do not explain, and the model must agree. Rejects with the smallest list found.
 */
export const checkEngine = async (options: CheckEngineOptions): Promise<void> => {
  const { target, folder, runs, faults = [], maxCommands = 12, positions = allPositions } = options;
  const signal = options.signal ?? new AbortController().signal;
  let last: Counterexample | undefined;
  const property = fc.asyncProperty(
    setupArbitrary,
    commandsArbitrary({ maxCommands, positions, replayPath: options.replayPath }),
    async (setup: Setup, commands) => {
      const [model, draft] = [modelOf(setup), emptyDraft()];
      await fc.asyncModelRun(() => ({ model, real: draft }), commands);
      const named = { name: `model-${target.engine}`, why: 'the smallest list of commands that was found', faults };
      const scenario = scenarioOf(setup, draft, named);
      const { problems, verdict } = await judgedRun(scenario, model, { target, folder, seed: setup.seed, signal });
      if (problems.length === 0) return;
      // Each failing run while it shrinks is smaller than the one before: the last is the smallest.
      last = { scenario, seed: setup.seed, verdict, problems };
      throw new Error(problems.join('; '));
    },
  );
  const began = performance.now();
  const outcome = await fc.check(property, {
    numRuns: runs,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.path === undefined ? {} : { path: options.path }),
  });
  if (!outcome.failed) {
    logLaw({ runs, ms: performance.now() - began });
    return;
  }
  if (last === undefined) throw outcome.errorInstance ?? new Error('the property was not run to its end');
  throw await engineError(options, outcome, last);
};

type Outcome = {
  readonly seed: number;
  readonly counterexamplePath: string | null;
  readonly counterexample: readonly [Setup, Commands] | null;
  readonly numShrinks: number;
};

const engineError = async (
  { target, folder }: CheckEngineOptions,
  { seed, counterexamplePath, counterexample, numShrinks }: Outcome,
  last: Counterexample,
): Promise<EngineError> => {
  const file = join(folder, `${last.scenario.name}-${last.seed}.scenario.json`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${JSON.stringify(last.scenario, null, 2)}\n`);
  const words = [
    `${target.engine} ${target.version}: ${last.problems.join('; ')}`,
    `  smallest commands found (after ${numShrinks} steps): ${counterexample === null ? '' : fc.stringify(counterexample[1])}`,
    `  again with seed ${seed}, path ${JSON.stringify(counterexamplePath ?? '')}`,
    `  replay: npx kinesis-order run ${file} --target ${target.name} --seed ${last.seed}`,
  ];
  return new EngineError(words.join('\n'), file, last);
};
