import type { HistoryVerdict } from '../../model/verdict.ts';
import type { Outcome } from '../../session/run-and-judge.ts';
import { knownVerdictOf } from './known.ts';
import type { EngineResult } from './run-engine.ts';
import { wordOf } from './word-of.ts';

export type RenderOptions = {
  readonly date: string;
  readonly harness: string;
  readonly sdk: string;
  readonly seed: string;
  readonly command: string;
};

/**
 * `reports/engines.md`: the verdicts of every scenario on every engine, and what each engine does otherwise than the
 * contract says.
 */
export const renderEngines = (results: readonly EngineResult[], options: RenderOptions): string =>
  [
    '# Engines',
    '',
    `Rendered by \`${options.command}\` on ${options.date}: kinesis-order ${options.harness}, @aws-sdk/client-kinesis ${options.sdk}, seed ${options.seed}, Node.js ${process.version}.`,
    'A known deviation of an engine is allowed here and shown in the history; `--strict` forbids it. "not able" means that a probe found the engine without what the scenario needs.',
    '',
    ...engineTable(results),
    '',
    '## Scenarios',
    '',
    ...scenarioTable(results),
    '',
    '## The contract',
    '',
    'What the harness relies on, the same claims against every engine. "differs" is what the engine does, told below.',
    '',
    ...contractTable(results),
    '',
    '## What differs, and what was found',
    '',
    ...results.flatMap(findings),
    '',
  ].join('\n');

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => [
  row(head),
  row(head.map(() => '---')),
  ...rows.map(row),
];

const seconds = (ms: number): string => (ms === 0 ? '' : `${(ms / 1000).toFixed(1)} s`);

const engineTable = (results: readonly EngineResult[]): readonly string[] =>
  table(
    ['engine', 'version', 'ready', 'first verdict', 'all of it', 'waits scaled by'],
    results.map(({ engine, version, failure, readyMs, firstVerdictMs, totalMs, slowness }) =>
      failure === undefined
        ? [engine, version, seconds(readyMs), seconds(firstVerdictMs), seconds(totalMs), String(slowness)]
        : [engine, version, `did not start: ${failure}`, '', '', ''],
    ),
  );

const scenarioTable = (results: readonly EngineResult[]): readonly string[] => {
  const names = [...new Set(results.flatMap(({ outcomes }) => outcomes.map(({ run }) => run.scenario)))];
  const cell = (outcomes: readonly Outcome[], name: string): string => {
    const outcome = outcomes.find(({ run }) => run.scenario === name);
    return outcome === undefined ? '' : wordOf(outcome);
  };
  return table(
    ['scenario', ...results.map(({ label }) => label)],
    names.map((name) => [name, ...results.map(({ outcomes }) => cell(outcomes, name))]),
  );
};

const contractTable = (results: readonly EngineResult[]): readonly string[] => {
  const claims = [...new Set(results.flatMap(({ contract }) => contract.map(({ claim }) => claim)))];
  return table(
    ['claim', ...results.map(({ label }) => label)],
    claims.map((claim) => [
      claim,
      ...results.map(({ contract }) => contract.find((result) => result.claim === claim)?.state ?? ''),
    ]),
  );
};

const findings = (result: EngineResult): readonly string[] => {
  const { label, version, contract, outcomes } = result;
  const lines = [
    ...contract
      .filter(({ state }) => state === 'differs')
      .map(({ claim, sentence }) => `- contract, "${claim}": ${sentence}`),
    ...outcomes.flatMap((outcome) => [...findingsOf(outcome), ...explained(result, outcome)]),
  ];
  const heading = `### ${label}${label.includes('@') ? '' : ` ${version}`}`;
  return [heading, '', ...(lines.length === 0 ? ['Nothing.'] : lines), ''];
};

const explained = (result: EngineResult, outcome: Outcome): readonly string[] => {
  const known = knownVerdictOf(result, outcome);
  return known === undefined ? [] : [`- ${outcome.run.scenario}: the engine's doing: ${known.why}`];
};

const sentencesMax = 3;

const findingsOf = (outcome: Outcome): readonly string[] => {
  const { history, run } = outcome;
  if (run.error !== undefined) return [`- ${run.scenario}: failed: ${run.error}`];
  if (history === undefined) return [];
  const kept = `history \`${history.path}\``;
  const told = history.aloud.slice(0, sentencesMax).map((sentence) => `- ${run.scenario}: ${sentence}`);
  if (history.verdict === 'holds') return told;
  if (history.verdict === 'unknown')
    return [
      ...told,
      ...history.unknown.slice(0, sentencesMax).map((why) => `- ${run.scenario}: **unknown**: ${why}; ${kept}`),
    ];
  return [...told, ...violations(history, kept).map((sentence) => `- ${run.scenario}: **violated**: ${sentence}`)];
};

/** A line for each violated claim: its first unexplained finding, and the number of findings. */
const violations = ({ claims, findings: found }: HistoryVerdict, kept: string): readonly string[] =>
  claims
    .filter(({ verdict }) => verdict === 'violated')
    .map((claim) => {
      const first = found.find(
        ({ anomaly, expect, explainedBy }) => anomaly === claim.anomaly && expect === 'forbid' && explainedBy === null,
      );
      if (first === undefined) return `${claim.anomaly}: ${claim.why}; ${kept}`;
      return `${claim.anomaly} (${claim.found}): ${first.sentence} (lines ${first.witness.join(', ')} of ${kept})`;
    });
