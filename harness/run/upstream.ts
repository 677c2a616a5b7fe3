import { aws } from '../gateway/upstream/aws.ts';
import { emulator } from '../gateway/upstream/emulator.ts';
import type { Upstream } from '../gateway/upstream/upstream.ts';
import { awsSigning } from '../kinesis/aws-signing.ts';
import type { RunningTarget } from '../targets/target.ts';

/**
 * The upstream of a gateway: an engine at an address, or AWS, for which each call is signed again with this tool's
 * own credentials.
 */
export const upstreamOf = ({ client }: Pick<RunningTarget, 'client'>): Upstream =>
  client.endpoint === undefined ? aws(awsSigning(client)) : emulator(client.endpoint);
