import { readFile } from 'node:fs/promises';
import { checkHistory } from '../../judging/check-history.ts';
import { systemClock } from '../../lib/clock.ts';
import type { FaultEvent, HistoryEvent } from '../../model/event.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import { run } from '../../run/run.ts';
import { resolveScenario } from '../../scenario/resolve.ts';
import { vocabulary } from '../../session/catalog.ts';
import type { ScenarioInput } from '../../session/define-scenario.ts';
import type { RunningTarget } from '../../targets/target.ts';

export type LiveRun = {
  readonly verdict: HistoryVerdict;
  readonly history: string;
  readonly events: readonly HistoryEvent[];
  readonly fired: readonly FaultEvent[];
};

let runs = 0;

/** Runs a scenario on a live engine, and judges it. */
export const liveRun = async (
  input: Omit<ScenarioInput, 'name' | 'why'>,
  { target, folder, seed = '1' }: { readonly target: RunningTarget; readonly folder: string; readonly seed?: string },
): Promise<LiveRun> => {
  runs += 1;
  const named = { name: `live-${process.pid}-${runs}`, why: 'a test of faults on a live engine', ...input };
  const scenario = resolveScenario(named, { file: 'live.scenario.ts', vocabulary, seed });
  const { history } = await run({
    scenario,
    target,
    folder,
    run: `r-${named.name}`,
    clock: systemClock(),
    keep: false,
    signal: new AbortController().signal,
  });
  const events = await eventsOf(history);
  const fired = events.flatMap((event) => (event.type === 'fault' && event.phase === 'fired' ? [event] : []));
  return { verdict: await checkHistory(history), history, events, fired };
};

const eventsOf = async (path: string): Promise<readonly HistoryEvent[]> =>
  (await readFile(path, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as HistoryEvent);
