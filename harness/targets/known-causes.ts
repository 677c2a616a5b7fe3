import { satisfies } from 'semver';
import type { Finding } from '../model/verdict.ts';

/**
 * A known bug of an engine, reproduced with bare calls, that a finding's evidence cannot distinguish from a fault of
 * the pipeline. It is shown with the finding, and excuses nothing.
 */
export type KnownCause = {
  readonly engine: string;
  readonly versions: string;
  readonly anomaly: string;
  /** What the sentence of the finding must contain. */
  readonly says: RegExp;
  readonly sentence: string;
};

export const knownCauses: readonly KnownCause[] = [
  {
    engine: 'moto',
    versions: '5.2.5',
    anomaly: 'write-to-closed',
    says: /(?:)/,
    sentence:
      'moto 5.2.5 keeps storing records in a shard that it lists as closed: possibly caused by the engine, not by your pipeline',
  },
  {
    engine: 'kinesalite',
    versions: '3.3.3',
    anomaly: 'counter-gap',
    says: /InvalidArgumentException.*SequenceNumberForOrdering|SequenceNumberForOrdering.*InvalidArgumentException/s,
    sentence:
      'kinesalite 3.3.3 refuses a SequenceNumberForOrdering from before a reshard: possibly caused by the engine, not by your pipeline; it is unknown whether AWS refuses it',
  },
  {
    engine: 'kinesalite',
    versions: '3.3.3',
    anomaly: 'open-parent',
    says: /was resharded more than once/,
    sentence:
      'kinesalite 3.3.3 carries out a SplitShard of a closed shard: a call that was repeated after a lost answer splits twice; perhaps the engine, not your pipeline',
  },
];

/** One sentence for each cause that may be behind the violations. */
export const causesOf = (engine: string, version: string, findings: readonly Finding[]): readonly string[] =>
  knownCauses
    .filter((cause) => cause.engine === engine && satisfies(version, cause.versions))
    .filter(({ anomaly, says }) =>
      findings.some((one) => one.anomaly === anomaly && one.expect === 'forbid' && says.test(one.sentence)),
    )
    .map(({ anomaly, sentence }) => `${anomaly}: ${sentence} (docs/engines.md)`);
