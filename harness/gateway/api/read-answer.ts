import { textIn } from '../../lib/text-in.ts';
import type { ApiAnswer } from '../../tap/call.ts';
import type { Fields } from '../wire/fields.ts';
import type { WireAnswer } from '../wire/messages.ts';
import type { Shape } from './protocol.ts';
import { protocolOf } from './protocols.ts';
import { unpack } from './unpack.ts';

/** The decoded body of an answer; undefined if it cannot be decoded. */
export const answerShape = ({ head, body }: WireAnswer): Shape | undefined => {
  const unpacked = unpack(head.fields, body);
  return unpacked === undefined ? undefined : protocolOf(head.fields).decode(unpacked);
};

export const readAnswer = (answer: WireAnswer): ApiAnswer => answerOf(answer, answerShape(answer));

/** The answer as the tap sees it, with `shape` as its decoded body. */
export const answerOf = (
  { head: { status, fields } }: Pick<WireAnswer, 'head'>,
  shape: Shape | undefined,
): ApiAnswer => {
  const requestId = requestIdOf(fields);
  if (status >= 200 && status < 300)
    return shape === undefined
      ? { kind: 'lost', message: `the engine answered ${status} with a body that cannot be decoded`, isSent: true }
      : { kind: 'ok', status, output: shape, requestId };
  const code = errorCode(fields, shape);
  if (code === undefined)
    return { kind: 'lost', message: `the engine answered ${status} without an error code`, isSent: true };
  return { kind: 'error', status, code, message: textIn(shape, 'message') ?? textIn(shape, 'Message'), requestId };
};

const requestIdOf = (fields: Fields): string | undefined =>
  fields.get('x-amzn-requestid') ?? fields.get('x-amz-request-id') ?? fields.get('x-amzn-request-id');

/**
 * `com.amazonaws.kinesis.v20131202#ResourceNotFoundException:http://…` is ResourceNotFoundException. Source: the AWS
 * JSON 1.1 protocol, "Operation error serialization".
 */
const errorCode = (fields: Fields, shape: Shape | undefined): string | undefined => {
  const named = fields.get('x-amzn-errortype') ?? textIn(shape, '__type') ?? textIn(shape, 'code');
  const code = named?.split(':')[0]?.split('#').at(-1)?.trim();
  return code === '' ? undefined : code;
};
