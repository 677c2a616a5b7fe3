// A common way to write a producer: batches of PutRecords, failed entries sent again.
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';

const client = new KinesisClient({});
const records = Array.from({ length: 200 }, (_, n) => ({
  PartitionKey: ['alice', 'bob', 'carol', 'dave'][n % 4],
  Data: Buffer.from(JSON.stringify({ seq: Math.floor(n / 4) })),
}));
for (let start = 0; start < records.length; start += 20) {
  let batch = records.slice(start, start + 20);
  while (batch.length > 0) {
    const { Records } = await client.send(new PutRecordsCommand({ StreamName: 'orders', Records: batch }));
    batch = batch.filter((_, index) => Records[index].ErrorCode !== undefined);
  }
}
