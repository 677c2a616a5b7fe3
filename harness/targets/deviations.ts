import { coerce, satisfies } from 'semver';
import type { Deviation } from '../model/event.ts';

/**
 * A known deviation: the versions of an engine that have it, how it looks, and the command that shows it. Only
 * deviations that this project has observed itself.
 */
export type KnownDeviation = {
  readonly engine: string;
  /** The versions that it was seen on: a semver range. */
  readonly versions: string;
  /** Versions in which it is fixed, where it excuses nothing: a semver range. */
  readonly fixed?: string;
  readonly deviation: Deviation;
  readonly found: string;
  readonly command: string;
};

export const knownDeviations: readonly KnownDeviation[] = [
  {
    engine: 'kinesis-local',
    versions: '>=0.4.0 <=0.6.2',
    deviation: {
      id: 'kinesis-local-closed-range',
      anomaly: 'seq-out-of-range',
      when: { kind: 'declared', ending: '9223372036854775807' },
      sentence:
        'a closed shard declares 9223372036854775807 as its ending sequence number, which lies below its starting one',
    },
    found: 'every scenario that splits or merges a shard, on 0.6.2',
    command: 'npx kinesis-order run split --strict',
  },
  {
    engine: 'moto',
    versions: '5.2.5',
    deviation: {
      id: 'moto-starting-number-moves',
      anomaly: 'topology-mutation',
      when: { change: 'it started at 0 and starts at 1' },
      sentence: 'an empty shard declares 0 as its starting sequence number, and 1 as soon as it holds a record',
    },
    found: 'every scenario, on 5.2.5: ListShards before the load and after it',
    command: 'npx kinesis-order run put-records --target moto --strict',
  },
  {
    engine: 'moto',
    versions: '5.2.5',
    deviation: {
      id: 'moto-child-starts-at-zero',
      anomaly: 'lineage-seq-regression',
      when: { childStart: '0', childStartEqualsParentStart: true },
      sentence: 'each shard counts its records from 0, so the child of a split starts below the end of its parent',
    },
    found: 'split-under-load, on 5.2.5',
    command: 'npx kinesis-order run split-under-load --target moto --strict',
  },
  {
    engine: 'moto',
    versions: '5.2.5',
    deviation: {
      id: 'moto-merged-child-starts-at-one',
      anomaly: 'lineage-seq-regression',
      when: { kind: 'declared', parentStart: '0', childStart: '1' },
      sentence:
        'each shard counts its records from 0 or 1, so the child of a merge starts below the end of its parents',
    },
    found: 'merge-under-load, on 5.2.5',
    command: 'npx kinesis-order run merge-under-load --target moto --strict',
  },
  {
    engine: 'localstack',
    versions: '>=4.14.0 <=4.14.0',
    deviation: {
      id: 'localstack-closed-range',
      anomaly: 'seq-out-of-range',
      when: { kind: 'declared', ending: '9223372036854775807' },
      sentence:
        'a closed shard declares 9223372036854775807 as its ending sequence number, which lies below its starting one (its engine is kinesis-local 0.5.2)',
    },
    found: 'split-under-load, on 4.14.0 in host mode',
    command: 'npx kinesis-order run split-under-load --target localstack --strict',
  },
];

/** The engines that do not report their name. Others are recognised by their own page. */
const silent: ReadonlySet<string> = new Set(['kinesis-local', 'kinesalite']);

/**
 * The deviations that an engine may have, for the head of a history. The evidence of each finding shows whether it has
 * them. An engine without a name may have those of all engines that report none. An unknown version has the deviations
 * of the known ones, and the sentence says so; a fixed version has none.
 */
export const deviationsOf = (
  engine: string,
  version: string,
  known: readonly KnownDeviation[] = knownDeviations,
): readonly Deviation[] => {
  const parsed = coerce(version);
  const isIn = (range: string | undefined): boolean =>
    parsed !== null && range !== undefined && satisfies(parsed, range);
  return known
    .filter((one) => (engine === 'endpoint' ? silent.has(one.engine) : one.engine === engine) && !isIn(one.fixed))
    .map((one) => (isIn(one.versions) && one.engine === engine ? one.deviation : guessed(one, engine, version)));
};

const guessed = ({ deviation, engine: of, versions }: KnownDeviation, engine: string, version: string): Deviation => {
  const which = coerce(version) === null ? 'does not report its version' : `is ${version}`;
  const who = engine === of ? 'this one' : 'this engine has no name and';
  return { ...deviation, sentence: `${deviation.sentence} (seen on ${of} ${versions}; ${who} ${which})` };
};
