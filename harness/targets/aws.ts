import { awsAccess } from '../kinesis/aws-access.ts';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import type { RunningTarget, Target } from './target.ts';
import { assertVersion } from './target-options.ts';

/**
 * AWS itself, with the SDK's credential chain and its HTTP/2 handler, and only with `--target aws`. Capabilities are
 * not probed by provoking errors; one ListStreams shows that the credentials work. Written from AWS's documentation;
 * it has not been run against AWS.
 */
export const aws: Target = {
  summary:
    'AWS, with the credentials of the environment; only if --target aws or the configuration file says so, and after consent (not run against AWS by this project)',
  start: async (options) => {
    const { endpoint, region, profile } = options;
    if (endpoint !== undefined)
      throw new HarnessError('usage', '--target aws takes no --endpoint', {
        hint: 'use --target endpoint for an emulator',
      });
    assertVersion('aws', 'live', options);
    const client = { ...(await awsAccess({ region, profile })), http2: true, requestTimeoutMs: 30_000 };
    await assertAllowed(client);
    return { name: 'aws', engine: 'aws', version: 'live', client, deviations: [], ...abilities, words: () => '', stop };
  },
};

const stop = (): Promise<void> => Promise.resolve();

/**
 * The abilities of AWS. `slowness`: control-plane calls take tens of seconds on AWS and almost no time on an emulator,
 * so waits are 20 times as long.
 */
const abilities: Pick<RunningTarget, 'capabilities' | 'slowness' | 'workers' | 'pollMsMin'> = {
  capabilities: {
    splitShard: true,
    mergeShards: true,
    updateShardCount: true,
    onDemand: true,
    tags: true,
    subscribeToShard: true,
    cloudformation: true,
  },
  slowness: 20,
  workers: 1,
  // Five GetRecords a second and shard (API reference, GetRecords), with a small margin.
  pollMsMin: 220,
};

/**
 * The error if AWS does not answer ListStreams: there are no credentials, they are refused, or the host name is
 * unknown, which has nothing to do with credentials.
 */
export const notLetIn = (thrown: unknown, region: string): HarnessError => {
  const words = messageOf(thrown);
  if (/\b(ENOTFOUND|EAI_AGAIN)\b/.test(words))
    return new HarnessError('target', `the host name of Kinesis in the region ${region} cannot be resolved: ${words}`, {
      hint: 'check --region (AWS_REGION, or the profile), and that this machine reaches a name server',
      cause: thrown,
    });
  const isNone = /Could not load credentials|CredentialsProviderError/.test(words);
  const said = isNone ? 'no AWS credentials were found' : 'AWS refuses the credentials';
  return new HarnessError('target', `${said}: ${words}`, {
    hint: 'give --profile, set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; docs/iam.md lists the permissions that each verb needs',
    cause: thrown,
  });
};

const assertAllowed = async (client: RunningTarget['client']): Promise<void> => {
  const kinesis = createKinesis(client);
  try {
    await kinesis.listStreams();
  } catch (thrown) {
    throw notLetIn(thrown, client.region);
  } finally {
    kinesis.close();
  }
};
