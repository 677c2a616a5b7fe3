import type { IncomingMessage } from 'node:http';

const hopByHop = new Set(['connection', 'content-length', 'expect', 'host', 'keep-alive', 'transfer-encoding']);

export type Forwarded = { readonly status: number; readonly type: string; readonly body: Buffer };

/** The engine's own answer to a request that a stand-in lets pass. */
export const forward = async (
  upstream: string,
  { method = 'POST', url = '/', headers: given }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  body: Buffer,
): Promise<Forwarded> => {
  const headers = Object.entries(given).flatMap(([name, value]) =>
    typeof value === 'string' && !hopByHop.has(name) ? [[name, value] as [string, string]] : [],
  );
  const sent = method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(body) };
  const answer = await fetch(new URL(url, upstream), { method, headers, ...sent });
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? 'application/x-amz-json-1.1',
    body: Buffer.from(await answer.arrayBuffer()),
  };
};
