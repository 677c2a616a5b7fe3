import { HarnessError } from '../lib/error.ts';
import type { Provisioned } from '../provision/provisioner.ts';
import { problemsAsSeen } from '../scenario/combinations.ts';
import type { ResolvedScenario } from '../scenario/resolved.ts';
import { isOwn } from '../scenario/stream-problems.ts';
import type { Preflight } from '../targets/preflight.ts';

/** Rejected before anything is created. */
export const assertKeysWanted = ({ stream, name }: ResolvedScenario): void => {
  if (stream.recordDistributionStrategy !== 'AUTO') return;
  throw new HarnessError(
    'usage',
    `${name}: stream.recordDistributionStrategy: AUTO ignores every partition key, so there is no order of keys to test`,
    { hint: 'leave it out, or use USER_PARTITION_KEY' },
  );
};

/**
 * A user's template may contain anything: a database, a role. Resources that a run should not create unasked are
 * named, and created only with --allow-resources.
 */
export const assertResourcesAllowed = ({ stream, name }: ResolvedScenario, isAllowed: boolean): void => {
  const { file, daring = [] } = stream.template ?? {};
  if (isAllowed || daring.length === 0) return;
  throw new HarnessError('usage', `${name}: stream.template: ${file} holds ${daring.join(', ')}`, {
    hint: 'a run deploys streams and harmless resources only; --allow-resources deploys all of them',
  });
};

/** A planned stack update needs a stack. Checked before anything is created. */
export const assertStack = ({ reshard, name }: ResolvedScenario, hasStack: boolean): void => {
  const index = reshard.findIndex(({ action }) => action === 'UpdateStack');
  if (hasStack || index < 0) return;
  throw new HarnessError('usage', `${name}: reshard[${index}]: UpdateStack needs a stream that CloudFormation made`, {
    hint: "leave --provision api out, and give the scenario needs: ['cloudformation'], so that targets without it skip it",
  });
};

/**
 * An account may open a limited number of shards (DescribeLimits). A run without enough room is refused before it
 * would fail halfway. Shards of an ON_DEMAND stream do not count.
 */
export const assertRoom = (scenario: ResolvedScenario, { shardsLeft }: Pick<Preflight, 'shardsLeft'>): void => {
  const { stream, name } = scenario;
  if (shardsLeft === undefined || stream.mode === 'ON_DEMAND' || !isOwn(stream)) return;
  const most = mostShards(scenario);
  if (most <= shardsLeft) return;
  throw new HarnessError(
    'target',
    `${name} opens ${most} shards, and this account may open ${shardsLeft} more (DescribeLimits)`,
    {
      hint: 'remove what is left of other runs with kinesis-order clean, or have the limit raised',
    },
  );
};

const mostShards = ({ stream, reshard }: ResolvedScenario): number => {
  let open = stream.shards;
  let most = open;
  for (const plan of reshard) {
    if ('target' in plan) open = plan.target;
    else open += plan.action === 'SplitShard' ? 1 : -1;
    most = Math.max(most, open);
  }
  return most;
};

/** Source: SDK, UpdateStreamRecordDistributionStrategy: AUTO "ignores any partition key and ExplicitHashKey". */
export const assertKeysCount = ({ distribution, name }: Pick<Provisioned, 'distribution' | 'name'>): void => {
  if (distribution !== 'AUTO') return;
  throw new HarnessError(
    'target',
    `stream ${name} distributes records by itself (RecordDistributionStrategy AUTO): partition keys promise nothing there`,
    { hint: 'switch it to USER_PARTITION_KEY with UpdateStreamRecordDistributionStrategy' },
  );
};

/**
 * A stream that this tool did not create is described first. If the scenario does not fit, it is refused before the
 * first put.
 */
export const asSeen = (scenario: ResolvedScenario, seen: Provisioned): ResolvedScenario => {
  if (isOwn(scenario.stream)) return scenario;
  const { openShards: shards, mode, retentionHours, maxRecordSizeKiB } = seen;
  const size = maxRecordSizeKiB === undefined ? {} : { maxRecordSizeKiB };
  const known = { ...scenario, stream: { ...scenario.stream, shards, mode, retentionHours, ...size } };
  const problems = problemsAsSeen(known);
  if (problems.length === 0) return known;
  throw new HarnessError('usage', `${scenario.name} does not fit stream ${seen.name}: ${problems.join('; ')}`);
};
