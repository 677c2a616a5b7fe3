import { join } from 'node:path';
import type { LoadedScenario } from '../../scenario/load.ts';
import { type Outcome, runAndJudge } from '../../session/run-and-judge.ts';
import { endpoint } from '../../targets/endpoint.ts';
import { exposedAt } from '../../targets/exposure.ts';
import type { RunningTarget } from '../../targets/target.ts';
import { wordOf } from './word-of.ts';

/** Enough to meet the known deviations of an engine: plain writes, and shards that change. */
const compared = ['put-records', 'split-under-load', 'merge-under-load'];

/** `scenario`: the one with another verdict. */
export type AttachedDifference = { readonly scenario?: string; readonly sentence: string };

/**
 * Attaches to a started engine by its address, as a user does. The verdicts must be those of the started engine. One
 * sentence for each that differs, and one if others on the network can reach the engine.
 */
export const attachedDifferences = async (
  target: RunningTarget,
  started: readonly Outcome[],
  { scenarios, folder, run, signal, say }: AttachedOptions,
): Promise<readonly AttachedDifference[]> => {
  const address = target.client.endpoint ?? '';
  const { credentials } = target.client;
  const keys = typeof credentials === 'object' ? { credentials } : {};
  const attached = await endpoint.start({ endpoint: address, cacheFolder: '/nowhere', ...keys });
  const label = `${target.engine} ${target.version}`;
  const exposed = await exposedAt(Number(new URL(address).port));
  const differences: AttachedDifference[] =
    exposed === undefined ? [] : [{ sentence: `${label} is reached by others at ${exposed}` }];
  const both = scenarios.filter(({ scenario }) => compared.includes(scenario.name));
  for (const scenario of both) {
    const before = started.find((outcome) => outcome.run.scenario === scenario.scenario.name);
    const after = await attachedWord(scenario, { target: attached, folder: join(folder, 'attached'), run, signal });
    say(`  ${scenario.scenario.name}, attached: ${after}`);
    if (before !== undefined && wordOf(before) !== after)
      differences.push({
        scenario: scenario.scenario.name,
        sentence: `${label}: ${scenario.scenario.name} is ${wordOf(before)} started, and ${after} attached`,
      });
  }
  return differences;
};

export type AttachedOptions = {
  readonly scenarios: readonly LoadedScenario[];
  readonly folder: string;
  readonly run: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
};

type Attached = {
  readonly target: RunningTarget;
  readonly folder: string;
  readonly run: string;
  readonly signal: AbortSignal;
};

const attachedWord = async (scenario: LoadedScenario, { run, ...options }: Attached): Promise<string> =>
  wordOf(await runAndJudge(scenario, { ...options, run: `${run}a`, replayArgs: '', keep: false, strict: false }));
