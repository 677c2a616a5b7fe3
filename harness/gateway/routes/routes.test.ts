import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CannedEngine, cannedEngine } from '../../testing/stand-ins/canned-engine.ts';
import { observedGateway } from '../../testing/stand-ins/observed-gateway.ts';
import { emulator } from '../upstream/emulator.ts';
import { putMetricData } from './cloudwatch.ts';
import { callerIdentity } from './sts.ts';

let engine: CannedEngine;
let endpoint: string;
let close: () => Promise<void>;

beforeEach(async () => {
  engine = await cannedEngine((response) => response.writeHead(418).end());
  const account = ({ region }: { readonly region: string | undefined }): string =>
    region === 'eu-west-1' ? '111122223333' : '0';
  const { gateway, listener } = await observedGateway({
    upstream: emulator(engine.endpoint),
    routes: [callerIdentity({ account }), putMetricData()],
  });
  endpoint = listener.endpoint;
  close = gateway.close;
});
afterEach(async () => {
  await close();
  await engine.close();
});

const ask = async (service: string, body: string, headers: Record<string, string> = {}, path = '/') => {
  const answer = await fetch(`${endpoint}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      authorization: `AWS4-HMAC-SHA256 Credential=AK&ID/20261123/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
      ...headers,
    },
    body,
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};

describe('STS', () => {
  test('GetCallerIdentity answers the account in which the engine keeps the streams', async () => {
    const { status, text } = await ask('sts', 'Action=GetCallerIdentity&Version=2011-06-15');
    expect([status, engine.requests]).toEqual([200, []]);
    expect(text).toContain('<Account>111122223333</Account>');
    expect(text).toContain('<UserId>AK&amp;ID</UserId>');
  });

  test('other calls are forwarded', async () => {
    expect(await ask('sts', 'Action=AssumeRole&Version=2011-06-15')).toMatchObject({ status: 418 });
  });
});

describe('CloudWatch', () => {
  test('PutMetricData is accepted as a form, as JSON and as CBOR', async () => {
    const form = await ask('monitoring', 'Action=PutMetricData&Version=2010-08-01&Namespace=n');
    expect([form.status, form.text]).toEqual([200, expect.stringContaining('<PutMetricDataResponse')]);
    const json = await ask('monitoring', '{}', {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'GraniteServiceVersion20100801.PutMetricData',
    });
    expect([json.status, json.text]).toEqual([200, '{}']);
    const cbor = await ask(
      'monitoring',
      '',
      { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' },
      '/service/GraniteServiceVersion20100801/operation/PutMetricData',
    );
    expect([cbor.status, cbor.headers.get('smithy-protocol'), cbor.headers.get('content-type'), cbor.text]).toEqual([
      200,
      'rpc-v2-cbor',
      null,
      '',
    ]);
    expect(engine.requests).toEqual([]);
  });

  test('other calls are forwarded', async () => {
    expect(await ask('monitoring', 'Action=ListMetrics&Version=2010-08-01')).toMatchObject({ status: 418 });
  });
});
