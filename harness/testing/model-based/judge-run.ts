import { readHistory } from '../../history/read-history.ts';
import { checkHistory } from '../../judging/check-history.ts';
import { systemClock } from '../../lib/clock.ts';
import { freshRunId } from '../../lib/random.ts';
import type { TopologyEvent } from '../../model/event.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import { run } from '../../run/run.ts';
import type { ScenarioInput } from '../../scenario/input.ts';
import { resolveScenario } from '../../scenario/resolve.ts';
import { vocabulary } from '../../session/catalog.ts';
import type { RunningTarget } from '../../targets/target.ts';
import type { Model } from './draft.ts';

export type Ran = { readonly problems: readonly string[]; readonly verdict: string; readonly history: string };

export type RunOf = {
  readonly target: RunningTarget;
  readonly folder: string;
  readonly seed: number;
  readonly signal: AbortSignal;
};

/**
 * Runs a scenario and holds the judge's findings and the model against each other: what does not agree, a sentence
 * each. Deviations that the head tells are allowed, as ever.
 */
export const judgedRun = async (
  input: ScenarioInput,
  model: Model,
  { target, folder, seed, signal }: RunOf,
): Promise<Ran> => {
  const clock = systemClock();
  const scenario = resolveScenario(input, { file: input.name, vocabulary, seed: String(seed) });
  const id = `r-${freshRunId(clock.wallMs())}`;
  const result = await run({ scenario, target, folder: `${folder}/${id}`, run: id, clock, keep: false, signal });
  const verdict = await checkHistory(result.history);
  const problems = [
    ...(result.error === undefined ? [] : [`the run failed: ${result.error.message}`]),
    ...violations(verdict),
    ...disagreements(verdict, model),
    ...(await shardsOpen(result.history, model)),
  ];
  return { problems, verdict: verdict.verdict, history: result.history };
};

const violations = ({ claims, findings }: HistoryVerdict): readonly string[] =>
  claims
    .filter(({ verdict }) => verdict === 'violated')
    .map(({ anomaly, why }) => {
      const proof = findings.find((finding) => finding.anomaly === anomaly && finding.expect === 'forbid');
      return `${anomaly}: ${proof?.sentence ?? why}`;
    });

/**
 * What is too small to be judged is no disagreement: whether every record is there is asked of the model, not of the
 * claims.
 */
const disagreements = ({ complete, counts }: HistoryVerdict, { acked }: Model): readonly string[] => [
  ...(complete ? [] : ['the history is incomplete']),
  ...(counts.acked === acked ? [] : [`${counts.acked} records were acknowledged, the model has ${acked}`]),
  ...(counts.read === acked ? [] : [`${counts.read} records were read, the model has ${acked}`]),
  ...(counts.unseen === 0 ? [] : [`${counts.unseen} records were seen by nobody`]),
];

const shardsOpen = async (history: string, { open }: Model): Promise<readonly string[]> => {
  let last: TopologyEvent | undefined;
  await readHistory(history, (event) => {
    if (event.type === 'topology') last = event;
  });
  const found = last?.shards.filter(({ seq }) => seq[1] === null).length;
  return found === open ? [] : [`${found} shards are open at the end, the model has ${open}`];
};
