import type { ApiCall } from '../tap/call.ts';
import type { Fields, SdkArguments, SdkContext, SdkRequest } from './sdk-client.ts';

/** One attempt of a call, as the tap expects it, without signature and tokens. */
export const callOf = (id: number, port: string, { input, request }: SdkArguments, context: SdkContext): ApiCall => ({
  id,
  port,
  operation: (context.commandName ?? '').replace(/Command$/, ''),
  input: withBytes(input),
  scope: scopeOf(request),
  invocationId: headerOf(request, 'amz-sdk-invocation-id'),
  attempt: attemptOf(headerOf(request, 'amz-sdk-request')),
  bytes: 0,
  tag: undefined,
});

const headerOf = ({ headers = {} }: SdkRequest, name: string): string | undefined => {
  const direct = headers[name];
  if (direct !== undefined) return direct;
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
};

const attemptOf = (text: string | undefined): number | undefined => {
  const attempt = /attempt=(\d+)/.exec(text ?? '')?.[1];
  return attempt === undefined ? undefined : Number(attempt);
};

/**
 * Reads the scope from `Credential=AKID/20261123/eu-west-1/kinesis/aws4_request`. Both parts are undefined if it is
 * missing.
 */
const scopeOf = (request: SdkRequest): ApiCall['scope'] => {
  const [, accessKeyId, region] =
    /Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\//.exec(headerOf(request, 'authorization') ?? '') ?? [];
  return { region, accessKeyId };
};

/** A payload given as a string is sent as UTF-8. The tap would read a string as base64, as it is on the wire. */
const withBytes = (input: Fields): Fields => {
  const { Data: data, Records: records } = input;
  if (typeof data === 'string') return { ...input, Data: Buffer.from(data, 'utf8') };
  if (!Array.isArray(records) || !records.some(isTextual)) return input;
  return { ...input, Records: records.map((record: unknown) => (isTextual(record) ? withBytes(record) : record)) };
};

const isTextual = (record: unknown): record is Fields =>
  typeof record === 'object' && record !== null && typeof (record as Fields)['Data'] === 'string';
