import type { LocalRoute } from '../gateway/local-route.ts';
import { putMetricData } from '../gateway/routes/cloudwatch.ts';
import { callerIdentity } from '../gateway/routes/sts.ts';
import type { RunningTarget } from '../targets/target.ts';

/**
 * Calls of KPL and KCL to other services than Kinesis, on the same port. On AWS these services have endpoints of
 * their own.
 */
export const localRoutes = ({ client }: Pick<RunningTarget, 'client'>): readonly LocalRoute[] =>
  client.endpoint === undefined ? [] : [callerIdentity(), putMetricData()];
