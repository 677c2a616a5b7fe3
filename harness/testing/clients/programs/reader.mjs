// Consumers as people write them, with the JS SDK v3 and kinesis-order/consumer: node reader.mjs MODE. `good`: one
// record after the other. `parallel`: all records of a page at once, the last one of which is done first. `renews`: as
// `good`, and it takes a new iterator where one has expired.
import { setTimeout as sleep } from 'node:timers/promises';
import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient, ListShardsCommand } from '@aws-sdk/client-kinesis';
import { consumerLines } from '../../../subjects/consumer-lines.ts';

const [mode = 'good'] = process.argv.slice(2);
const StreamName = process.env.KINESIS_ORDER_STREAM ?? 'orders';
const client = new KinesisClient({});
const lines = consumerLines({ worker: 'w1' });
const counted = { given: 0, done: 0 };
const [begun, ended] = [new Set(), new Set()];

const work = async (shard, { SequenceNumber }) => {
  counted.done += 1;
  await lines.done(shard, { seq: SequenceNumber });
};

const handle = async (shard, records) => {
  counted.given += records.length;
  process.stderr.write(`${JSON.stringify({ counted })}\n`);
  await lines.deliver(shard, records);
  if (mode !== 'parallel') for (const record of records) await work(shard, record);
  else {
    const late = records.map((record, index) => sleep((records.length - index) * 20).then(() => work(shard, record)));
    await Promise.all(late);
  }
  await lines.checkpoint(shard, { seq: records.at(-1).SequenceNumber });
};

/** undefined where the iterator has expired. */
const pageAt = (ShardIterator) =>
  client.send(new GetRecordsCommand({ ShardIterator })).catch((thrown) => {
    if (mode === 'renews' && thrown.name === 'ExpiredIteratorException') return undefined;
    throw thrown;
  });

const read = async (ShardId) => {
  await lines.start(ShardId, 'TRIM_HORIZON');
  let begin = { StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
  let { ShardIterator } = await client.send(new GetShardIteratorCommand(begin));
  while (ShardIterator !== undefined) {
    const page = await pageAt(ShardIterator);
    if (page === undefined) {
      ({ ShardIterator } = await client.send(new GetShardIteratorCommand(begin)));
      continue;
    }
    if (page.Records.length > 0) {
      await handle(ShardId, page.Records);
      const StartingSequenceNumber = page.Records.at(-1).SequenceNumber;
      begin = { StreamName, ShardId, ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber };
    }
    // Pages of several records, for there to be an order in them.
    await sleep(mode !== 'parallel' ? 100 : 1000);
    ShardIterator = page.NextShardIterator;
  }
  await lines.checkpoint(ShardId, 'SHARD_END');
  await lines.end(ShardId);
  ended.add(ShardId);
};

for (;;) {
  const { Shards } = await client.send(new ListShardsCommand({ StreamName }));
  const names = new Set(Shards.map(({ ShardId }) => ShardId));
  for (const { ShardId, ParentShardId, AdjacentParentShardId } of Shards) {
    const parents = [ParentShardId, AdjacentParentShardId].filter((parent) => names.has(parent));
    if (begun.has(ShardId) || !parents.every((parent) => ended.has(parent))) continue;
    begun.add(ShardId);
    void read(ShardId);
  }
  await sleep(300);
}
