import { HarnessError } from '../lib/error.ts';
import type { Slice } from '../model/slice.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The most slices of a run. Each slice signals its progress with one tag of the stream, and AWS limits the tags of a
 * stream.
 */
export const slicesMax = 40;

/**
 * Parses `--shard 2/8`, `--shard auto` or `--shard auto/8`, with the group that all slices share. Throws
 * HarnessError('usage').
 */
export const sliceOf = (said: string, group: string | undefined, environment: Environment): Slice => {
  const { index, count, named } = placeOf(said, environment);
  if (count < 1 || count > slicesMax)
    throw new HarnessError('usage', `--shard: a run has 1 to ${slicesMax} slices, not ${count}`);
  if (index < 1 || index > count)
    throw new HarnessError('usage', `--shard: there is no slice ${index} of ${count}: they are counted from 1`);
  return { index, count, group: groupOf(group ?? named ?? nameOfRun(environment)) };
};

type Place = { readonly index: number; readonly count: number; readonly named?: string | undefined };

const placeOf = (said: string, environment: Environment): Place => {
  const place = placeIn(said);
  if (place !== undefined) return place;
  const [isAuto, told] = /^auto(?:\/(\d{1,6}))?$/.exec(said) ?? [];
  if (isAuto === undefined)
    throw new HarnessError('usage', `--shard: expected i/n, auto or auto/n, got ${JSON.stringify(said)}`, {
      hint: '--shard 2/8 is the second of eight slices',
    });
  for (const runner of runners) {
    const known = runner(environment, told === undefined ? undefined : Number(told));
    if (known !== undefined) return known;
  }
  throw new HarnessError('usage', `--shard ${said}: no variable tells which slice this is`, {
    hint: 'auto reads KINESIS_ORDER_SHARD (i/n), AWS_BATCH_JOB_ARRAY_INDEX and _SIZE, CI_NODE_INDEX and CI_NODE_TOTAL, or JOB_COMPLETION_INDEX with auto/n',
  });
};

/** Parses `2/8`; undefined for another text. */
const placeIn = (said: string): Place | undefined => {
  const [, index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(said) ?? [];
  return index === undefined ? undefined : { index: Number(index), count: Number(count) };
};

type Runner = (environment: Environment, told: number | undefined) => Place | undefined;

/** Converts an index from 0 to the number of a slice, from 1. */
const fromZero = (text: string): number => numberOf(text) + 1;

const numberOf = (text: string): number => {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new HarnessError(
    'usage',
    `--shard auto: expected a whole number in the environment, got ${JSON.stringify(text)}`,
  );
};

/**
 * Any runner that sets `KINESIS_ORDER_SHARD`, such as GitHub's matrix: `KINESIS_ORDER_SHARD: ${{ matrix.shard }}/8`.
 */
const anyRunner: Runner = ({ KINESIS_ORDER_SHARD: said }) => {
  if (said === undefined || said === '') return undefined;
  const place = placeIn(said);
  if (place !== undefined) return place;
  throw new HarnessError('usage', `--shard auto: expected i/n in KINESIS_ORDER_SHARD, got ${JSON.stringify(said)}`);
};

const awsBatch: Runner = ({
  AWS_BATCH_JOB_ARRAY_INDEX: index,
  AWS_BATCH_JOB_ARRAY_SIZE: size,
  AWS_BATCH_JOB_ID: job,
}) =>
  index === undefined || size === undefined
    ? undefined
    : { index: fromZero(index), count: numberOf(size), named: job?.replace(/:\d+$/, '') };

const gitlab: Runner = ({ CI_NODE_INDEX: index, CI_NODE_TOTAL: total }) =>
  index === undefined || total === undefined ? undefined : { index: numberOf(index), count: numberOf(total) };

/** Kubernetes does not tell a pod the number of pods, so `auto/8` must give it. */
const kubernetes: Runner = ({ JOB_COMPLETION_INDEX: index, HOSTNAME: host }, told) => {
  if (index === undefined) return undefined;
  if (told === undefined)
    throw new HarnessError('usage', '--shard auto: JOB_COMPLETION_INDEX is set, and no variable tells of how many', {
      hint: 'say --shard auto/8 where the job has completions: 8',
    });
  const ending = `-${index}`;
  const named = host?.endsWith(ending) === true ? host.slice(0, -ending.length) : undefined;
  return { index: fromZero(index), count: told, named };
};

const runners: readonly Runner[] = [anyRunner, awsBatch, gitlab, kubernetes];

/** The runner's name of the run, which all of its slices share. */
const nameOfRun = ({ GITHUB_RUN_ID: github, GITHUB_RUN_ATTEMPT: attempt, CI_PIPELINE_ID: pipeline }: Environment) =>
  github === undefined ? pipeline : `${github}-${attempt ?? 1}`;

const groupOf = (said: string | undefined): string => {
  if (said === undefined || said === '')
    throw new HarnessError('usage', '--shard: the slices of a run need one name, by which they meet', {
      hint: 'say --group NAME: the same for all slices, and another one for each run',
    });
  if (/^[A-Za-z0-9_.-]{1,40}$/.test(said)) return said;
  throw new HarnessError(
    'usage',
    `--group: expected 1 to 40 letters, digits, dots, hyphens or underscores, got ${JSON.stringify(said)}`,
  );
};
