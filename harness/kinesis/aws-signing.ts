import { KinesisClient } from '@aws-sdk/client-kinesis';
import type { ClientOptions } from './kinesis.ts';

type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };

/** The inputs for signing a call to AWS. */
export type AwsSigning = {
  /** The region for calls that name none. */
  readonly region: string;
  /** Called for each call to AWS; the SDK caches the credentials until they expire. */
  readonly credentials: () => Promise<Credentials>;
  /** The endpoint of Kinesis in a region, in its partition: `https://kinesis.cn-north-1.amazonaws.com.cn`. */
  readonly endpointOf: (region: string) => string;
};

/** Signs as the SDK's own client would. Nothing is read until a call is signed. */
export const awsSigning = ({ region, credentials }: Pick<ClientOptions, 'region' | 'credentials'>): AwsSigning => {
  const { config } = new KinesisClient({ region, ...(credentials === undefined ? {} : { credentials }) });
  return {
    region,
    credentials: () => config.credentials(),
    endpointOf: (of) => config.endpointProvider({ Region: of, UseDualStack: false, UseFIPS: false }).url.origin,
  };
};
