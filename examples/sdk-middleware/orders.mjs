import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  PutRecordCommand,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** The application's client. Emulators need HTTP/1.1. */
export const kinesis = new KinesisClient({
  region: 'us-east-1',
  endpoint: process.env.AWS_ENDPOINT_URL_KINESIS,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  requestHandler: new NodeHttpHandler(),
});

const versions = new Map();

/** The application: each event of an order has the next version. */
export const publish = (order, version = (versions.get(order) ?? 0) + 1) => {
  versions.set(order, version);
  const data = JSON.stringify({ order, version });
  return kinesis.send(new PutRecordCommand({ StreamName: 'orders', PartitionKey: order, Data: Buffer.from(data) }));
};

export const createStream = async () => {
  await kinesis.send(new CreateStreamCommand({ StreamName: 'orders', ShardCount: 2 })).catch(unlessThere);
  for (;;) {
    const described = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName: 'orders' }));
    if (described.StreamDescriptionSummary.StreamStatus === 'ACTIVE') return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const unlessThere = (error) => {
  if (error.name !== 'ResourceInUseException') throw error;
};
