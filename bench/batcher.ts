import { createRequire } from 'node:module';
import { systemClock } from '../harness/lib/clock.ts';
import { limitsOf } from '../harness/model/limits.ts';
import type { PutRecordInput } from '../harness/model/put-fits.ts';
import { createBatcher } from '../harness/producers/batcher.ts';
import { createSender } from '../harness/producers/batcher-sender.ts';
import { checkBatcherLaws } from '../harness/properties/batcher-laws.ts';
import { decodeAggregate, encodeAggregate } from '../harness/workload/aggregation.ts';

/** What batching costs: records a second through the batcher, into and out of aggregates (and through aws-kinesis-agg), and the milliseconds of all laws at 100 runs. */
const clock = systemClock();
const limits = limitsOf('aws');
const count = 1_000_000;
const records: readonly PutRecordInput[] = Array.from({ length: 1000 }, (_, index) => ({
  key: `ride-${index % 50}`,
  data: Buffer.alloc(143, index),
}));
const hundreds = Array.from({ length: 10 }, (_, index) => records.slice(index * 100, index * 100 + 100));

/** Records a second: the best of five. */
const rate = (each: number, work: () => void): number =>
  Math.max(
    ...Array.from({ length: 5 }, () => {
      const start = clock.now();
      work();
      return Math.round(each / ((clock.now() - start) / 1e6));
    }),
  );

const batched = rate(count, () => {
  const batcher = createBatcher<PutRecordInput>({ limits, maxBufferedMs: 100 });
  for (let round = 0; round < count / records.length; round += 1) {
    for (const record of records) batcher.add(record, round);
    while (batcher.take() !== undefined);
  }
});

const rounds = 20;
const aggregated = hundreds.map((group) => encodeAggregate(group));
const encoded = rate(rounds * 1000, () => {
  for (let round = 0; round < rounds; round += 1) for (const group of hundreds) encodeAggregate(group);
});
const decoded = rate(rounds * 1000, () => {
  for (let round = 0; round < rounds; round += 1) for (const data of aggregated) decodeAggregate(data);
});

const other = createRequire(import.meta.url)('aws-kinesis-agg') as {
  readonly aggregate: (
    all: readonly object[],
    encoded: (record: object, next: () => void) => void,
    done: () => void,
    failed: (error: Error) => void,
  ) => void;
  readonly deaggregateSync: (record: object, isChecked: boolean, done: () => void) => void;
};
const theirs = hundreds.map((group) => group.map(({ key, data }) => ({ partitionKey: key, data })));
const nothing = (): void => undefined;
const theirEncoded = rate(rounds * 1000, () => {
  for (let round = 0; round < rounds; round += 1)
    for (const group of theirs) other.aggregate(group, (_, next) => next(), nothing, nothing);
});
const texts = aggregated.map((data) => ({ data: Buffer.from(data).toString('base64') }));
const theirDecoded = rate(rounds * 1000, () => {
  for (let round = 0; round < rounds; round += 1)
    for (const record of texts) other.deaggregateSync(record, true, nothing);
});

const start = clock.now();
await checkBatcherLaws(
  ({ send, nowMs }) =>
    createSender<PutRecordInput>({
      batcher: createBatcher({ limits, maxBufferedMs: 5 }),
      send,
      nowMs,
      sleep: () => Promise.resolve(),
      resend: 'failed-and-following',
      attempts: 100,
      backOffMs: 1,
      backOffMsMax: 8,
      onGivenUp: nothing,
    }),
  limits,
  { maxBufferedMs: 5, keepsOrderOnResend: true },
);

console.log(
  JSON.stringify(
    {
      batcherRecordsPerSecond: batched,
      encode: {
        recordsPerSecond: encoded,
        awsKinesisAgg: theirEncoded,
        ratio: Number((encoded / theirEncoded).toFixed(2)),
      },
      decode: {
        recordsPerSecond: decoded,
        awsKinesisAgg: theirDecoded,
        ratio: Number((decoded / theirDecoded).toFixed(2)),
      },
      allLawsAt100RunsMs: Math.round((clock.now() - start) / 1000),
    },
    null,
    2,
  ),
);
