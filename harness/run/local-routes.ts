import type { LocalRoute } from '../gateway/local-route.ts';
import { putMetricData } from '../gateway/routes/cloudwatch.ts';
import { callerIdentity } from '../gateway/routes/sts.ts';
import type { RunningTarget } from '../targets/target.ts';

/** What KPL and KCL ask beside Kinesis, at the same port. On AWS such calls have their own services. */
export const localRoutes = ({ client }: Pick<RunningTarget, 'client'>): readonly LocalRoute[] =>
  client.endpoint === undefined ? [] : [callerIdentity(), putMetricData()];
