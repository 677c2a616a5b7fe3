import { KinesisClient } from '@aws-sdk/client-kinesis';
import type { ClientOptions } from './kinesis.ts';

type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };

/** What signing a call for AWS needs. */
export type AwsSigning = {
  /** Of calls that name none. */
  readonly region: string;
  /** Asked for each call; the SDK keeps them until they expire. */
  readonly credentials: () => Promise<Credentials>;
  /** The endpoint of Kinesis in a region, in its partition: `https://kinesis.cn-north-1.amazonaws.com.cn`. */
  readonly endpointOf: (region: string) => string;
};

/** As the SDK's own client would do it. Nothing is asked of AWS until a call is signed. */
export const awsSigning = ({ region, credentials }: Pick<ClientOptions, 'region' | 'credentials'>): AwsSigning => {
  const { config } = new KinesisClient({ region, ...(credentials === undefined ? {} : { credentials }) });
  return {
    region,
    credentials: () => config.credentials(),
    endpointOf: (of) => config.endpointProvider({ Region: of, UseDualStack: false, UseFIPS: false }).url.origin,
  };
};
