import { KinesisClient } from '@aws-sdk/client-kinesis';
import { HarnessError, messageOf } from '../lib/error.ts';
import type { ClientOptions } from './kinesis.ts';

export type AwsAccessOptions = { readonly region?: string | undefined; readonly profile?: string | undefined };

/**
 * Where and as whom on AWS, found by the SDK's own chain: the region that is said, else AWS_REGION, else the
 * profile's. A profile that is said goes over keys that the environment holds: the SDK's chain passes those by for it.
 * Nothing is asked of AWS; credentials are read when the first call is signed, and again when they expire.
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
    throw new HarnessError('usage', `no region is said for AWS: ${messageOf(thrown)}`, {
      hint: 'give --region, set AWS_REGION, or name a --profile that has one',
      cause: thrown,
    });
  } finally {
    client.destroy();
  }
};
