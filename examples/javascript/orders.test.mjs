// A test as in the documentation of the SDK and of node:test.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  PutRecordCommand,
  waitUntilStreamExists,
} from '@aws-sdk/client-kinesis';

const client = new KinesisClient({});
const StreamName = 'js-orders';

before(async () => {
  await client.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  await waitUntilStreamExists({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { StreamName });
});
after(() => client.send(new DeleteStreamCommand({ StreamName })));

test('orders are read in the order in which they were put', async () => {
  for (let seq = 0; seq < 5; seq += 1) {
    const Data = Buffer.from(JSON.stringify({ seq }));
    await client.send(new PutRecordCommand({ StreamName, PartitionKey: 'alice', Data }));
  }
  const { Shards } = await client.send(new ListShardsCommand({ StreamName }));
  const start = { StreamName, ShardId: Shards[0].ShardId, ShardIteratorType: 'TRIM_HORIZON' };
  const { ShardIterator } = await client.send(new GetShardIteratorCommand(start));
  const { Records } = await client.send(new GetRecordsCommand({ ShardIterator }));
  assert.deepEqual(
    Records.map(({ Data }) => JSON.parse(Buffer.from(Data).toString()).seq),
    [0, 1, 2, 3, 4],
  );
});
