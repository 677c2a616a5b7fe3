import type { LocalRoute } from '../gateway/local-route.ts';

/** The route by which `curl -X POST {endpoint}/_kinesis-order/end` ends the load. */
export const endRoute = (onEnd: () => void): LocalRoute => ({
  matches: ({ method, path }) => method === 'POST' && path === '/_kinesis-order/end',
  answer: () => {
    onEnd();
    return { status: 202, contentType: 'application/json', body: '{"ended":true}\n' };
  },
});

/**
 * `curl --retry 30 --retry-connrefused {endpoint}/_kinesis-order/ready` waits until a recording in the background is
 * ready.
 */
export const readyRoute: LocalRoute = {
  matches: ({ method, path }) => method === 'GET' && path === '/_kinesis-order/ready',
  answer: () => ({ status: 200, contentType: 'application/json', body: '{"ready":true}\n' }),
};
