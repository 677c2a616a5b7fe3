// Somebody's program, in as few calls as a test needs: each argument is a step. It speaks to Kinesis by plain
// requests, so that it starts at once.
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const endpoint = process.env.PROGRAM_ENDPOINT ?? process.env.AWS_ENDPOINT_URL_KINESIS;
let region = process.env.AWS_REGION ?? 'us-east-1';
let key = process.env.AWS_ACCESS_KEY_ID ?? 'test';
let seq = 0;
const counts = new Map();

const call = async (operation, input, more = {}) => {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `Kinesis_20131202.${operation}`,
      'x-amz-date': '20261128T000000Z',
      authorization: `AWS4-HMAC-SHA256 Credential=${key}/20261128/${region}/kinesis/aws4_request, SignedHeaders=host;x-amz-date, Signature=00`,
      'x-amz-security-token': 'a-token-that-nobody-writes-down',
      ...more,
    },
    body: JSON.stringify(input),
  });
  const text = await answer.text();
  const body = text === '' ? {} : JSON.parse(text);
  if (!answer.ok) throw new Error(`${operation}: ${body.__type}: ${body.message ?? body.Message ?? ''}`);
  return body;
};

const active = async (stream) => {
  for (;;) {
    const { StreamDescriptionSummary: seen } = await call('DescribeStreamSummary', { StreamName: stream });
    if (seen.StreamStatus === 'ACTIVE') return;
    await sleep(5);
  }
};

const base64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64');

const steps = {
  region: (name) => (region = name),
  key: (name) => (key = name),
  create: async (stream, shards = '1') => {
    counts.clear();
    await call('CreateStream', { StreamName: stream, ShardCount: Number(shards) });
    await active(stream);
  },
  delete: (stream) => call('DeleteStream', { StreamName: stream }),
  // So many records, in turn under the keys a and b, each key with a counter from 0.
  put: async (stream, count = '4') => {
    for (let left = Number(count); left > 0; left -= 1) {
      const PartitionKey = left % 2 === 0 ? 'a' : 'b';
      const flow = `${stream}/${PartitionKey}`;
      const n = counts.get(flow) ?? 0;
      counts.set(flow, n + 1);
      const Data = base64({ seq: n, secret: 'a-payload-that-nobody-writes-down' });
      await call('PutRecord', { StreamName: stream, PartitionKey, Data });
    }
  },
  // Each record under a key of its own, for ever.
  endless: async (stream) => {
    for (;;) await steps.keyed(stream);
  },
  keyed: async (stream) => {
    seq += 1;
    await call('PutRecord', { StreamName: stream, PartitionKey: `id${seq}`, Data: base64({ id: seq }) });
  },
  // All at once, in one key.
  burst: async (stream, count) => {
    const all = Array.from({ length: Number(count) }, (_, n) =>
      call('PutRecord', { StreamName: stream, PartitionKey: 'a', Data: base64({ n }) }),
    );
    await Promise.all(all);
  },
  read: async (stream) => {
    const { Shards: shards } = await call('ListShards', { StreamName: stream });
    for (const { ShardId: shard } of shards) {
      const start = { StreamName: stream, ShardId: shard, ShardIteratorType: 'TRIM_HORIZON' };
      const { ShardIterator: iterator } = await call('GetShardIterator', start);
      const { Records: records } = await call('GetRecords', { ShardIterator: iterator });
      console.log(`${shard} ${records.length}`);
    }
  },
  split: async (stream) => {
    const middle = '170141183460469231731687303715884105728';
    await call('SplitShard', { StreamName: stream, ShardToSplit: 'shardId-000000000000', NewStartingHashKey: middle });
    await active(stream);
  },
  list: async () => console.log(`streams ${(await call('ListStreams', {})).StreamNames.join(',')}`),
  gone: (stream) =>
    call('DescribeStreamSummary', { StreamName: stream }).then(
      () => console.log(`${stream} is there`),
      (error) => console.log(error.message),
    ),
  // A child with a session of its own, which outlives this process and its group.
  stray: () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { detached: true, stdio: 'ignore' });
    child.unref();
    console.log(`stray ${child.pid}`);
  },
  say: (...parts) => console.log(parts.join(':')),
  sleep: (ms) => sleep(Number(ms)),
  exit: (code) => process.exit(Number(code)),
};

for (const step of process.argv.slice(2)) {
  const [name, ...args] = step.split(':');
  await steps[name](...args);
}
