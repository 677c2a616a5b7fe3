import { type EngineResult, wordOf } from './run-engine.ts';

/** What an engine does otherwise than the contract says, as this project has seen it. Whatever is not here is a surprise, and fails the gate. */
export type KnownDifference = { readonly engine: string; readonly claim: string };

export const knownDifferences: readonly KnownDifference[] = [];

/** Scenarios to which an engine gives no verdict, with the reason why that is the engine's doing. A violation is never here: it needs a deviation with evidence. */
export type KnownUnknown = { readonly engine: string; readonly scenario: string; readonly why: string };

export const knownUnknowns: readonly KnownUnknown[] = [];

/** One sentence for each thing that nobody has written down. */
export const unexpected = ({ label, engine, failure, contract, outcomes }: EngineResult): readonly string[] => {
  if (failure !== undefined) return [`${label} did not start: ${failure}`];
  const differences = contract
    .filter(({ claim, state }) => state === 'differs' && !isKnown(knownDifferences, engine, claim))
    .map(({ claim, sentence }) => `${label}: ${claim}: ${sentence}`);
  const verdicts = outcomes
    .filter((outcome) => isSurprise(engine, outcome.run.scenario, wordOf(outcome)))
    .map((outcome) => `${label}: ${outcome.run.scenario} is ${wordOf(outcome)}`);
  return [...differences, ...verdicts];
};

const isKnown = (known: readonly KnownDifference[], engine: string, claim: string): boolean =>
  known.some((difference) => difference.engine === engine && difference.claim === claim);

const isSurprise = (engine: string, scenario: string, word: string): boolean => {
  if (word === 'holds' || word === 'not able') return false;
  return word !== 'unknown' || !knownUnknowns.some((known) => known.engine === engine && known.scenario === scenario);
};
