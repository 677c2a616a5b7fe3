// A handler with records that it can never apply: the eighth of each key. It prints a JSON line for each record that
// it has applied, and stops where it fails. GOES_ON: it does not stop, like a loop with a `try` inside. THROWS: it
// throws.
const orderOf = ({ data }) => JSON.parse(Buffer.from(data, 'base64').toString('utf8').split('\n')[0]);

/** Records of a scenario contain their identity: run, producer, key, number. */
const isPoison = (order) => order._kinesisOrder[3] === 7;

export const handler = async ({ Records }) => {
  const failed = [];
  for (const { kinesis } of Records) {
    if (isPoison(orderOf(kinesis))) {
      if (process.env.THROWS) throw new Error(`cannot apply ${kinesis.sequenceNumber}`);
      failed.push({ itemIdentifier: kinesis.sequenceNumber });
      if (!process.env.GOES_ON) break;
    } else console.log(JSON.stringify({ type: 'done', seq: kinesis.sequenceNumber }));
  }
  return { batchItemFailures: failed };
};
