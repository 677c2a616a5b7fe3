import type { Credentials } from '../kinesis/kinesis.ts';
import { targets } from '../targets/registry.ts';
import type { RunningTarget } from '../targets/target.ts';
import type { SdkClient, SdkRequest } from './sdk-client.ts';

/** The address of the emulator that a request goes to; undefined for AWS. */
export const endpointOf = ({ protocol = 'https:', hostname = '', port }: SdkRequest): string | undefined =>
  /\.amazonaws\.com(\.cn)?$/.test(hostname)
    ? undefined
    : `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;

/**
 * The engine behind a client. This tool calls it with its own client, and on AWS with the credentials of the program's
 * client.
 */
export const clientTarget = async (
  client: SdkClient,
  request: SdkRequest,
  cacheFolder: string,
): Promise<RunningTarget> => {
  const endpoint = endpointOf(request);
  const config = client.config as {
    readonly region?: () => Promise<string>;
    readonly credentials?: () => Promise<Credentials>;
  };
  const region = await config.region?.();
  const where = region === undefined ? {} : { region };
  if (endpoint !== undefined) return targets.endpoint.start({ endpoint, ...where, cacheFolder });
  const target = await targets.aws.start({ ...where, cacheFolder });
  const { credentials } = config;
  return credentials === undefined ? target : { ...target, client: { ...target.client, ...where, credentials } };
};
