import type { LocalRoute } from '../gateway/local-route.ts';

export const endPath = '/_kinesis-order/end';

/** `curl -X POST {endpoint}/_kinesis-order/end`: the load is over. */
export const endRoute = (onEnd: () => void): LocalRoute => ({
  matches: ({ method, path }) => method === 'POST' && path === endPath,
  answer: () => {
    onEnd();
    return { status: 202, contentType: 'application/json', body: '{"ended":true}\n' };
  },
});
