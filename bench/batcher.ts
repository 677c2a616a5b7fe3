import { systemClock } from '../harness/lib/clock.ts';
import { limitsOf } from '../harness/model/limits.ts';
import type { PutRecordInput } from '../harness/model/put-fits.ts';
import { createAggregator } from '../harness/producers/aggregator.ts';
import { createBatcher } from '../harness/producers/batcher.ts';
import { createSender } from '../harness/producers/batcher-sender.ts';
import { batcherLaws } from '../harness/properties/batcher-laws.ts';
import { decodeAggregate, encodeAggregate } from '../harness/workload/aggregation.ts';
import { theirDecode, theirEncode, theirRecords } from './aws-kinesis-agg.ts';

/**
 * What batching costs. Records a second through the batcher; into and out of aggregates of 100, ours and
 * aws-kinesis-agg's in turn, round by round: the median of the rounds' ratios, with the quartiles (both decode from
 * base64, as in an answer). Milliseconds of each law at 100 runs. `tsx bench/batcher.ts [rounds]`. Exits with 1 if the
 * batcher makes less than 2 million records a second. The comparison of the two is printed, and fails nothing.
 */
const clock = systemClock();
const limits = limitsOf('aws');
const rounds = Number(process.argv[2] ?? 21);
const records: readonly PutRecordInput[] = Array.from({ length: 1000 }, (_, index) => ({
  key: `ride-${index % 50}`,
  data: Buffer.alloc(143, index),
}));
const groups = Array.from({ length: 10 }, (_, index) => records.slice(index * 100, index * 100 + 100));
const repeats = 20;
const wanted = 2_000_000;

/** Records a second of one run of `work` over `count` records. `work` must return `count`. */
const rateOf = (count: number, work: () => number): number => {
  const start = clock.now();
  const seen = work();
  const micros = clock.now() - start;
  if (seen !== count) throw new Error(`${seen} of ${count} came out`);
  return (count / micros) * 1e6;
};

const quantile = (values: readonly number[], at: number): number =>
  [...values].sort((a, b) => a - b)[Math.round((values.length - 1) * at)] ?? Number.NaN;

const batch = (): number => {
  const batcher = createBatcher<PutRecordInput>({ limits, maxBufferedMs: 100 });
  let seen = 0;
  const drain = (): void => {
    for (let one = batcher.take(); one !== undefined; one = batcher.take()) seen += one.records.length;
  };
  for (let round = 0; round < 200; round += 1) {
    for (const record of records) batcher.add(record, round);
    drain();
  }
  batcher.flush();
  drain();
  return seen;
};

const each = <T>(all: readonly T[], work: (one: T) => number): number => {
  let sum = 0;
  for (let repeat = 0; repeat < repeats; repeat += 1) for (const one of all) sum += work(one);
  return sum;
};

type Pair = { readonly ours: () => number; readonly theirs: () => number };

/**
 * Compares two implementations. Their order alternates, so that neither always has the warmer machine. The first
 * rounds only warm up.
 */
const compare = (name: string, { ours, theirs }: Pair): void => {
  const pairs: { ours: number; theirs: number }[] = [];
  const count = records.length * repeats;
  for (let round = -5; round < rounds; round += 1) {
    const early = round % 2 === 0 ? rateOf(count, theirs) : 0;
    const mine = rateOf(count, ours);
    const other = early > 0 ? early : rateOf(count, theirs);
    if (round >= 0) pairs.push({ ours: mine, theirs: other });
  }
  const ratios = pairs.map((pair) => pair.ours / pair.theirs);
  const median = (of: 'ours' | 'theirs'): string =>
    Math.round(
      quantile(
        pairs.map((pair) => pair[of]),
        0.5,
      ),
    ).toLocaleString('en');
  const ratio = quantile(ratios, 0.5);
  console.log(
    `  ${name.padEnd(8)} ${ratio.toFixed(2)}  [${quantile(ratios, 0.25).toFixed(2)}, ${quantile(ratios, 0.75).toFixed(2)}]  ours ${median('ours')} records/s, theirs ${median('theirs')}  ${ratio >= 1 ? 'faster' : 'SLOWER'}`,
  );
};

/** Encodes with our aggregator. Both count sizes while records come, and encode at the end. */
const ourEncode = (group: readonly PutRecordInput[]): Uint8Array => {
  const aggregator = createAggregator<PutRecordInput>({ shardOf: () => 'shardId-000000000000' });
  const early = group.flatMap((record) => aggregator.add(record, 0));
  const [made] = [...early, ...aggregator.flush()];
  if (made === undefined) throw new Error('nothing was packed');
  return made.data;
};

/** `count` if the bytes are long enough to hold the records, otherwise 0. */
const countIn = (data: Uint8Array, count: number): number => (data.byteLength > count * 143 ? count : 0);

const lawsOf = (): ReturnType<typeof batcherLaws> =>
  batcherLaws(
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
        onGivenUp: (given) => {
          throw new Error(`gave up ${given.length}`);
        },
      }),
    limits,
    { maxBufferedMs: 5, keepsOrderOnResend: true, seed: 1 },
  );

const batched = quantile(
  Array.from({ length: rounds }, () => rateOf(200_000, batch)),
  0.5,
);
const isFast = batched >= wanted;
console.log(`batcher, records of 150 bytes: median of ${rounds} rounds`);
console.log(
  `  ${Math.round(batched).toLocaleString('en')} records/s  ${isFast ? 'within' : 'BELOW'} ${wanted.toLocaleString('en')}`,
);

console.log(`aggregates of 100 records, ours / aws-kinesis-agg in turn: median of ${rounds} rounds [quartiles]`);
const given = groups.map(theirRecords);
const texts = groups.map((group) => Buffer.from(encodeAggregate(group)).toString('base64'));
compare('encode', {
  ours: () => each(groups, (group) => countIn(ourEncode(group), group.length)),
  theirs: () => each(given, (group) => countIn(theirEncode(group), group.length)),
});
compare('decode', {
  ours: () => each(texts, (text) => decodeAggregate(Buffer.from(text, 'base64'))?.length ?? 0),
  theirs: () => each(texts, theirDecode),
});

console.log('the price of the laws, 100 runs each over our own batcher');
let allMs = 0;
for (const { name, check } of lawsOf()) {
  const start = clock.now();
  await check();
  const ms = (clock.now() - start) / 1000;
  allMs += ms;
  console.log(`  ${name.padEnd(44)} ${ms.toFixed(0).padStart(5)} ms`);
}
console.log(`  ${'all'.padEnd(44)} ${allMs.toFixed(0).padStart(5)} ms`);
process.exitCode = isFast ? 0 : 1;
