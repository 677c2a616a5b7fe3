import { KinesisClient } from '@aws-sdk/client-kinesis';
import { HarnessError, messageOf } from '../lib/error.ts';
import type { ClientOptions } from './kinesis.ts';

export type AwsAccessOptions = { readonly region?: string | undefined; readonly profile?: string | undefined };

/**
 * The region and the credentials on AWS, found by the SDK's own chain. The region is the given one, else AWS_REGION,
 * else the profile's. A given profile overrides keys in the environment: the SDK's chain then ignores those. No call
 * is made; credentials are read when the first call is signed, and again when they expire.
 */
export const awsAccess = async ({
  region,
  profile,
}: AwsAccessOptions): Promise<Pick<ClientOptions, 'region' | 'credentials'>> => {
  const client = new KinesisClient({
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
  });
  try {
    const found = await client.config.region();
    return { region: found, ...(profile === undefined ? {} : { credentials: client.config.credentials }) };
  } catch (thrown) {
    throw new HarnessError('usage', `no region for AWS: ${messageOf(thrown)}`, {
      hint: 'give --region, set AWS_REGION, or name a --profile that has one',
      cause: thrown,
    });
  } finally {
    client.destroy();
  }
};
