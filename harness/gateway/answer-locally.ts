import { credentialScope } from './api/read-call.ts';
import { unpack } from './api/unpack.ts';
import type { LocalAnswer, LocalHead, LocalRoute } from './local-route.ts';
import { type Field, fieldsOf } from './wire/fields.ts';
import type { RequestHead } from './wire/head.ts';
import type { WireAnswer, WireRequest } from './wire/messages.ts';

/** The answer of the first matching route that gives one. */
export const answerLocally = async (
  routes: readonly LocalRoute[],
  port: string,
  { head, body }: WireRequest,
): Promise<WireAnswer | undefined> => {
  const known = localHead(head, port);
  for (const route of routes) {
    if (!route.matches(known)) continue;
    const contentType = head.fields.get('content-type');
    const answer = await route.answer({ ...known, contentType, body: unpack(head.fields, body) ?? body });
    if (answer !== undefined) return written(answer);
  }
  return undefined;
};

const localHead = ({ method, target, fields }: RequestHead, port: string): LocalHead => ({
  port,
  method,
  path: target.split('?')[0] ?? '',
  target: fields.get('x-amz-target'),
  scope: credentialScope(fields),
});

const written = ({ status, contentType, headers = {}, body }: LocalAnswer): WireAnswer => {
  const typed: readonly Field[] = contentType === undefined ? [] : [['content-type', contentType]];
  const fields = fieldsOf([...typed, ...Object.entries(headers)]);
  return { head: { status, version: '1.1', fields }, body: Buffer.from(body), raw: undefined };
};
