import { HarnessError } from '../lib/error.ts';
import type { Provisioned } from '../provision/provisioner.ts';
import { problemsAsSeen } from '../scenario/combinations.ts';
import type { ResolvedScenario } from '../scenario/resolved.ts';
import { isOwn } from '../scenario/stream-problems.ts';
import type { Preflight } from '../targets/preflight.ts';

/** Throws HarnessError('usage') for a scenario that asks for distribution AUTO, before anything is created. */
export const assertKeysWanted = ({ stream, name }: ResolvedScenario): void => {
  if (stream.recordDistributionStrategy !== 'AUTO') return;
  throw new HarnessError(
    'usage',
    `${name}: stream.recordDistributionStrategy: AUTO ignores every partition key, so there is no order of keys to test`,
    { hint: 'leave it out, or use USER_PARTITION_KEY' },
  );
};

/**
 * Throws HarnessError('usage') that names the resources which a run should not create unasked: a user's template may
 * contain anything, such as a database or a role. With --allow-resources they are created.
 */
export const assertResourcesAllowed = ({ stream, name }: ResolvedScenario, isAllowed: boolean): void => {
  const { file, daring = [] } = stream.template ?? {};
  if (isAllowed || daring.length === 0) return;
  throw new HarnessError('usage', `${name}: stream.template: ${file} holds ${daring.join(', ')}`, {
    hint: 'a run deploys streams and harmless resources only; --allow-resources deploys all of them',
  });
};

/**
 * Throws HarnessError('usage') if a stack update is planned and the stream has no stack, before anything is created.
 */
export const assertStack = ({ reshard, name }: ResolvedScenario, hasStack: boolean): void => {
  const index = reshard.findIndex(({ action }) => action === 'UpdateStack');
  if (hasStack || index < 0) return;
  throw new HarnessError('usage', `${name}: reshard[${index}]: UpdateStack needs a stream that CloudFormation made`, {
    hint: "leave --provision api out, and give the scenario needs: ['cloudformation'], so that targets without it skip it",
  });
};

/**
 * Throws HarnessError('target') if the account may not open enough shards (DescribeLimits), before the run would fail
 * halfway. Shards of an ON_DEMAND stream do not count.
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

/**
 * Throws HarnessError('target') for a stream with distribution AUTO. Source: SDK,
 * UpdateStreamRecordDistributionStrategy: AUTO "ignores any partition key and ExplicitHashKey".
 */
export const assertKeysCount = ({ distribution, name }: Pick<Provisioned, 'distribution' | 'name'>): void => {
  if (distribution !== 'AUTO') return;
  throw new HarnessError(
    'target',
    `stream ${name} distributes records by itself (RecordDistributionStrategy AUTO): partition keys promise nothing there`,
    { hint: 'switch it to USER_PARTITION_KEY with UpdateStreamRecordDistributionStrategy' },
  );
};

/**
 * The scenario with the actual shards, mode, retention and record size of a stream that this tool did not create.
 * Throws HarnessError('usage') if the scenario does not fit, before the first put.
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
