// Somebody's producer that is handed records as JSON lines, puts them one by one, and says what became of each.
// `--swap`: every second pair goes out the wrong way round.
import { createInterface } from 'node:readline';

const { AWS_ENDPOINT_URL_KINESIS: endpoint, AWS_REGION: region, AWS_ACCESS_KEY_ID: key } = process.env;
const stream = process.env.KINESIS_ORDER_STREAM;
const isSwapping = process.argv.includes('--swap');

const put = async ({ key: PartitionKey, n, data: Data }) => {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'Kinesis_20131202.PutRecord',
      'x-amz-date': '20261128T000000Z',
      authorization: `AWS4-HMAC-SHA256 Credential=${key}/20261128/${region}/kinesis/aws4_request, SignedHeaders=host, Signature=00`,
    },
    body: JSON.stringify({ StreamName: stream, PartitionKey, Data }),
  });
  const type = answer.ok ? 'done' : 'failed';
  const message = answer.ok ? undefined : await answer.text();
  console.log(JSON.stringify({ type, n, key: PartitionKey, message }));
};

const held = [];
for await (const line of createInterface({ input: process.stdin })) {
  held.push(JSON.parse(line));
  if (isSwapping && held.length < 2) continue;
  for (const record of held.splice(0).reverse()) await put(record);
}
for (const record of held) await put(record);
console.log('all put');
