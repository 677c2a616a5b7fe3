import type { ApiAnswer } from '../tap/call.ts';
import type { KinesisCall } from './api/read-call.ts';
import type { WaitingClient } from './client.ts';
import { type Field, fieldsOf } from './wire/fields.ts';

const nothing = Buffer.alloc(0);

/** Sends the observer's answer in place of the engine's, in the protocol of the client. */
export const answerInstead = (client: WaitingClient, { protocol }: KinesisCall, answer: ApiAnswer): void => {
  if (answer.kind === 'lost') return client.kill();
  const shape = answer.kind === 'ok' ? answer.output : { __type: answer.code, message: answer.message ?? '' };
  const id: readonly Field[] = answer.requestId === undefined ? [] : [['x-amzn-requestid', answer.requestId]];
  const fields = fieldsOf([['content-type', protocol.contentType], ...id]);
  const body = Object.keys(shape).length === 0 ? nothing : protocol.encode(shape);
  client.send({ head: { status: answer.status, version: '1.1', fields }, body, raw: undefined });
};
