import type { ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import { type CannedEngine, cannedEngine } from './canned-engine.ts';

export type CannedStreamOptions = {
  /** An engine that makes, lists and deletes the stream. */
  readonly upstream: string;
  /** How long the k-th put takes, milliseconds. */
  readonly delayMs: (put: number) => number;
  /** From the arrival of this put on, the server does nothing for so long. */
  readonly pause?: { readonly atPut: number; readonly ms: number };
};
export type CannedStream = Pick<CannedEngine, 'endpoint' | 'close'>;

type Stored = { readonly seq: string; readonly key: string; readonly data: string };
type Body = {
  readonly StreamName?: string;
  readonly Records?: readonly { readonly PartitionKey: string; readonly Data: string }[];
  readonly PartitionKey?: string;
  readonly Data?: string;
  readonly ShardIterator?: string;
  readonly StartingSequenceNumber?: string;
};

const shard = 'shardId-000000000000';
const first = 49_999_491_720_258_481_777_209_056_008_846_139_603_505_941_562_007_748_610n;

/** One shard whose puts take exactly as long as a test says: what is measured at it is known beforehand. */
export const cannedStream = async ({ upstream, delayMs, pause }: CannedStreamOptions): Promise<CannedStream> => {
  const stored: Stored[] = [];
  let puts = 0;
  let pausedUntil = 0;
  const store = ({ PartitionKey: key = '', Data: data = '' }: Body): object => {
    const seq = String(first + BigInt(stored.length));
    stored.push({ seq, key, data });
    return { ShardId: shard, SequenceNumber: seq };
  };
  const put = (body: Body, response: ServerResponse): void => {
    puts += 1;
    const now = performance.now();
    if (pause?.atPut === puts) pausedUntil = now + pause.ms;
    const { Records: records } = body;
    const waitMs = Math.max(0, pausedUntil - now) + delayMs(puts);
    const answer = records === undefined ? store(body) : { FailedRecordCount: 0, Records: records.map(store) };
    setTimeout(() => say(response, answer), waitMs);
  };
  const actions: Readonly<Record<string, (body: Body, response: ServerResponse) => void>> = {
    PutRecord: put,
    PutRecords: put,
    GetShardIterator: (_, response) => say(response, { ShardIterator: '0' }),
    GetRecords: ({ ShardIterator: from }, response) => {
      const records = stored.slice(Number(from)).map(({ seq, key, data }) => ({
        SequenceNumber: seq,
        PartitionKey: key,
        Data: data,
        ApproximateArrivalTimestamp: Date.now() / 1000,
      }));
      say(response, { Records: records, NextShardIterator: String(stored.length), MillisBehindLatest: 0 });
    },
    CreateStream: (body, response) => {
      stored.length = 0;
      void forward(upstream, 'CreateStream', body, response);
    },
  };
  return cannedEngine((response, request) => {
    const action = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    const body = JSON.parse(request.body.toString() || '{}') as Body;
    const own = actions[action];
    if (own === undefined) void forward(upstream, action, body, response);
    else own(body, response);
  });
};

const type = 'application/x-amz-json-1.1';
const say = (response: ServerResponse, body: object): void => {
  response.writeHead(200, { 'content-type': type, 'x-amzn-requestid': 'ad7cb370-e740-11f1-b28e-4361b7ad5f8d' });
  response.end(JSON.stringify(body));
};

const forward = async (upstream: string, action: string, body: Body, response: ServerResponse): Promise<void> => {
  const answer = await fetch(upstream, {
    method: 'POST',
    headers: {
      'content-type': type,
      'x-amz-target': `Kinesis_20131202.${action}`,
      'x-amz-date': '20261128T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=x/20261128/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(body),
  });
  response.writeHead(answer.status, { 'content-type': type }).end(Buffer.from(await answer.arrayBuffer()));
};
