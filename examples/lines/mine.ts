import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';

type Handed = { readonly key: string; readonly n: number; readonly data: Uint8Array };
type Place = {
  readonly endpoint: string;
  readonly stream: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

/** The producer under test, in this process. It receives records, and puts them. */
export const produce = async (records: AsyncIterable<Handed>, { stream, ...place }: Place): Promise<void> => {
  const client = new KinesisClient(place);
  for await (const { key, data } of records)
    await client.send(new PutRecordCommand({ StreamName: stream, PartitionKey: key, Data: data }));
  client.destroy();
};
