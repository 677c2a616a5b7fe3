// A common way to write a handler: it applies one record after the other, and returns the one at which it failed.
const applied = new Map();

const apply = ({ partitionKey, data }) => {
  const order = JSON.parse(Buffer.from(data, 'base64').toString('utf8').split('\n')[0]);
  applied.set(partitionKey, order);
};

export const handler = async ({ Records }) => {
  for (const { kinesis } of Records) {
    try {
      apply(kinesis);
    } catch (error) {
      console.error(`${kinesis.sequenceNumber}: ${error.message}`);
      return { batchItemFailures: [{ itemIdentifier: kinesis.sequenceNumber }] };
    }
  }
  return { batchItemFailures: [] };
};
