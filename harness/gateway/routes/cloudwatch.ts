import { randomUUID } from 'node:crypto';
import type { LocalAnswer, LocalHead, LocalRequest, LocalRoute } from '../local-route.ts';
import { formAction } from './form.ts';

/**
 * CloudWatch PutMetricData of KPL and KCL, in the three protocols of their SDKs. Metrics are accepted and discarded.
 */
export const putMetricData = (): LocalRoute => ({
  matches: (head) => head.method === 'POST' && (head.scope.service === 'monitoring' || isRpc(head) || isJson(head)),
  answer: (request): LocalAnswer | undefined => {
    if (isRpc(request)) return { status: 200, headers: { 'smithy-protocol': 'rpc-v2-cbor' }, body: '' };
    if (isJson(request)) return { status: 200, contentType: 'application/x-amz-json-1.0', body: '{}' };
    return isForm(request) ? { status: 200, contentType: 'text/xml', body: taken() } : undefined;
  },
});

const isRpc = ({ path }: LocalHead): boolean =>
  path.endsWith('/service/GraniteServiceVersion20100801/operation/PutMetricData');
const isJson = ({ target }: LocalHead): boolean => target === 'GraniteServiceVersion20100801.PutMetricData';
const isForm = (request: LocalRequest): boolean => formAction(request) === 'PutMetricData';

const taken = (): string =>
  [
    '<PutMetricDataResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/">',
    `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`,
    '</PutMetricDataResponse>',
  ].join('');
