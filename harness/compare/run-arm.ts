import { readHistory } from '../history/read-history.ts';
import { HarnessError } from '../lib/error.ts';
import { interruptedBy } from '../lib/unless-interrupted.ts';
import { runAndJudge } from '../session/run-and-judge.ts';
import type { RunningTarget } from '../targets/target.ts';
import type { Arm } from './arms.ts';
import { logOf } from './log-of.ts';
import { measureFold } from './measure.ts';
import type { ComparePlan } from './plan-compare.ts';
import type { Round } from './round.ts';
import { type Offered, scenarioOf } from './scenario-of.ts';
import { measuredIn } from './window.ts';

const logWords = (arm: Arm, history: string | undefined): string => {
  const log = logOf(arm, history);
  return log === undefined ? '' : `; what the command printed is in ${log}`;
};

export type RunArm = (arm: Arm, offered: Offered) => Promise<Round>;

export type RunArmOptions = {
  readonly plan: ComparePlan;
  readonly target: RunningTarget;
  readonly signal: AbortSignal;
  readonly onBegin: (what: string) => void;
};

/**
 * Returns a function that runs an arm once, judges its history, and measures it. It rejects if the run fails, because
 * a failed run cannot be compared.
 */
export const runArm = ({ plan, target, signal, onBegin }: RunArmOptions): RunArm => {
  const suite = {
    target,
    signal,
    folder: plan.folder,
    run: plan.run,
    keep: plan.keep,
    strict: false,
    headroom: 'all',
    replayArgs: '',
  } as const;
  return async (arm, offered) => {
    if (signal.aborted) throw interruptedBy(signal);
    const loaded = scenarioOf(plan.base, arm, offered);
    onBegin(loaded.scenario.name);
    const { history, run, code = 'target' } = await runAndJudge(loaded, suite);
    if (signal.aborted) throw interruptedBy(signal);
    const why = run.error ?? run.skipped;
    if (history === undefined || why !== undefined)
      throw new HarnessError(
        run.skipped === undefined ? code : 'unknown',
        `${arm.name}: ${why ?? 'nothing was judged'}`,
        {
          hint: `what was recorded is in ${plan.folder}${logWords(arm, history?.path)}`,
        },
      );
    const fold = measureFold();
    await readHistory(history.path, (event) => fold.take(event), { signal });
    const { timings, ...cost } = fold.result();
    return { verdict: history, measured: { timings: measuredIn(timings, offered.seconds), ...cost } };
  };
};
