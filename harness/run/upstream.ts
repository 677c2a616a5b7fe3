import { aws } from '../gateway/upstream/aws.ts';
import { emulator } from '../gateway/upstream/emulator.ts';
import type { Upstream } from '../gateway/upstream/upstream.ts';
import { awsSigning } from '../kinesis/aws-signing.ts';
import type { RunningTarget } from '../targets/target.ts';

/**
 * What stands behind a gateway: an engine at an address, or AWS, where each call is signed again with the harness's
 * own credentials.
 */
export const upstreamOf = ({ client }: Pick<RunningTarget, 'client'>): Upstream =>
  client.endpoint === undefined ? aws(awsSigning(client)) : emulator(client.endpoint);
