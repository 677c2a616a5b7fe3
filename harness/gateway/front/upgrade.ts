import { kinesisOperation } from '../api/read-call.ts';
import { fieldsOf, withoutFields } from '../wire/fields.ts';
import type { RequestHead } from '../wire/head.ts';
import { requestBytes, type WireRequest } from '../wire/messages.ts';

/** A request to another service that switches protocols (WebSocket): the bytes after it are not HTTP. */
export const isUpgrade = (head: RequestHead): boolean =>
  head.fields.get('upgrade') !== undefined && kinesisOperation(head) === undefined;

/**
 * Some clients offer HTTP/2 with each HTTP/1.1 request (`Upgrade: h2c`). An engine that accepted it would answer in a
 * protocol that the gateway does not expect.
 */
export const withoutUpgrade = (request: WireRequest): WireRequest => {
  const { head, body } = request;
  if (head.fields.get('upgrade') === undefined) return request;
  const fields = fieldsOf(withoutFields(head.fields, upgradeFields));
  return { head: { ...head, fields }, body, raw: requestBytes({ ...head, fields }, body) };
};

const upgradeFields: ReadonlySet<string> = new Set(['upgrade', 'http2-settings', 'connection']);
