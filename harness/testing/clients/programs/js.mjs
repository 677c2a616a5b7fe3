// What people do with the JS SDK v3 and its default client (HTTP/2): node js.mjs MODE [records] [keys]. Ends with a
// line of what it counted itself.
import {
  DescribeStreamConsumerCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  ListShardsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  RegisterStreamConsumerCommand,
  SubscribeToShardCommand,
} from '@aws-sdk/client-kinesis';

const [mode, records = '200', keys = '20'] = process.argv.slice(2);
const StreamName = process.env.KINESIS_ORDER_STREAM ?? 'orders';
const client = new KinesisClient({});
const counted = { sent: 0, acknowledged: 0, failedEntries: 0, retries: 0, fanOut: 0 };

const workload = Array.from({ length: Number(records) }, (_, n) => {
  const key = `key-${n % Number(keys)}`;
  return { PartitionKey: key, Data: Buffer.from(JSON.stringify({ seq: Math.floor(n / Number(keys)), order: key })) };
});

const put = async (record) => {
  counted.sent += 1;
  const { $metadata } = await client.send(new PutRecordCommand({ StreamName, ...record }));
  counted.acknowledged += 1;
  counted.retries += ($metadata.attempts ?? 1) - 1;
};

const puts = async (batch) => {
  while (batch.length > 0) {
    counted.sent += batch.length;
    const { Records, $metadata } = await client.send(new PutRecordsCommand({ StreamName, Records: batch }));
    counted.retries += ($metadata.attempts ?? 1) - 1;
    const failed = batch.filter((_, index) => Records[index].ErrorCode !== undefined);
    counted.failedEntries += failed.length;
    counted.acknowledged += batch.length - failed.length;
    batch = failed;
  }
};

/** An enhanced fan-out reader of all shards; answers how it is ended. */
const fanOut = async () => {
  const { StreamDescriptionSummary: summary } = await client.send(new DescribeStreamSummaryCommand({ StreamName }));
  const { Consumer } = await client.send(
    new RegisterStreamConsumerCommand({ StreamARN: summary.StreamARN, ConsumerName: 'fan' }),
  );
  const ConsumerARN = Consumer.ConsumerARN;
  for (;;) {
    const seen = await client.send(new DescribeStreamConsumerCommand({ ConsumerARN }));
    if (seen.ConsumerDescription.ConsumerStatus === 'ACTIVE') break;
  }
  const { Shards } = await client.send(new ListShardsCommand({ StreamName }));
  let isOver = false;
  const reading = Shards.map(async ({ ShardId }) => {
    const StartingPosition = { Type: 'TRIM_HORIZON' };
    const { EventStream } = await client.send(
      new SubscribeToShardCommand({ ConsumerARN, ShardId, StartingPosition }),
    );
    for await (const { SubscribeToShardEvent: event } of EventStream) {
      counted.fanOut += event?.Records?.length ?? 0;
      if (isOver && event?.MillisBehindLatest === 0) break;
    }
  });
  return async () => {
    isOver = true;
    await Promise.race([Promise.all(reading), new Promise((resolve) => setTimeout(resolve, 10_000).unref())]);
  };
};

if (mode === 'put') for (const record of workload) await put(record);
else if (mode === 'puts') {
  for (let start = 0; start < workload.length; start += 40) await puts(workload.slice(start, start + 40));
} else if (mode === 'burst') await Promise.all(workload.map(put));
else if (mode === 'fan-out') {
  const end = await fanOut();
  for (const record of workload) await put(record);
  await end();
} else throw new Error(`there is no mode ${mode}`);
console.log(JSON.stringify({ counted }));
process.exit(0);
