import type { LocalRoute } from '../gateway/local-route.ts';
import { putMetricData } from '../gateway/routes/cloudwatch.ts';
import { callerIdentity } from '../gateway/routes/sts.ts';
import type { RunningTarget } from '../targets/target.ts';

/**
 * The routes for calls of KPL and KCL to other services, on the same port. Empty for AWS, where these services have
 * their own endpoints.
 */
export const localRoutes = ({ client }: Pick<RunningTarget, 'client'>): readonly LocalRoute[] =>
  client.endpoint === undefined ? [] : [callerIdentity(), putMetricData()];
