import { HarnessError } from '../lib/error.ts';
import { isSequenceNumber } from '../model/sequence-number.ts';
import type { GivenRecord } from '../tap/read-records.ts';
import type { Fact } from './fact.ts';
import { firstPlaces } from './first-places.ts';
import type { Format, FormatInput, Opened } from './format.ts';
import { itemLines } from './item-lines.ts';
import { jsonRows } from './json-rows.ts';
import type { Before } from './json-values.ts';
import { type LambdaRecord, lambdaRecordsOf, textIn } from './lambda-records.ts';
import { assertOldestFirst } from './oldest-first.ts';
import { payloadFacts } from './payload-facts.ts';
import { counterWords, guessIdentity, identityLike } from './payload-identity.ts';
import { readTime } from './read-time.ts';
import { type SampleValue, sampleValues } from './sample-values.ts';
import type { Tally } from './tally.ts';
import { linesOf } from './text-lines.ts';

/**
 * Events that a Lambda function logged: plain, pretty-printed, by Python's print, or in an export of CloudWatch Logs.
 */
export const lambdaEvent: Format = {
  summary: 'events that a Lambda function logged (Records[].kinesis): with shards, sequence numbers and payloads',
  flags: ['id', 'prefix'],
  recognise: (start) => {
    const records = sampledRecords(sampleValues(start, undefined, hasRecords));
    if (records.length === 0) return undefined;
    return { sure: 0.95, flags: idFlags(guessed(records)?.spec) };
  },
  open: (input) => {
    const values = sampleValues(input.source.start, input.prefix, hasRecords);
    const records = sampledRecords(values);
    const isTimed = values.every(({ before }) => timeOf(before) !== undefined);
    if (records.length === 0) assertNotCut(input);
    assertOldestFirst(
      input.source.name,
      values.map(({ before }) => timeOf(before)),
    );
    const like = identityLike(input.example?.identity, records.map(payloadIn));
    const guess = input.identify === undefined ? (like ?? guessed(records)) : undefined;
    const identify = input.identify ?? guess?.identify;
    if (identify === undefined && records.length > 0) input.tally.note(counterWords(records.map(payloadIn)));
    const stream = records.find((record) => record.stream !== undefined)?.stream;
    return {
      facts: facts({ ...input, identify }),
      stream: () => stream,
      firstPlaces: firstPlaces(records.map(({ shard, kinesis }) => ({ shard, seq: kinesis['sequenceNumber'] }))),
      lacks: [...(isTimed ? [] : (['time'] as const)), ...(identify === undefined ? (['counter'] as const) : [])],
      ...(guess === undefined ? {} : { identity: guess.spec }),
    } satisfies Opened;
  },
};

const idFlags = (spec: string | undefined): readonly string[] => (spec === undefined ? [] : ['--id', spec]);

const hasRecords = (value: unknown): boolean => lambdaRecordsOf(value) !== undefined;

const sampledRecords = (values: readonly SampleValue[]): readonly LambdaRecord[] =>
  values.flatMap(({ value }) => lambdaRecordsOf(value) ?? []);

const guessed = (records: readonly LambdaRecord[]): ReturnType<typeof guessIdentity> =>
  guessIdentity(
    records.map(payloadIn),
    true,
    records.map(({ kinesis }) => textIn(kinesis, 'partitionKey')),
  );

const payloadIn = ({ kinesis }: LambdaRecord): Uint8Array => Buffer.from(textIn(kinesis, 'data'), 'base64');

/** The output of Node's console.log(event) does not contain the records. */
const assertNotCut = ({ source }: FormatInput): void => {
  if (!/kinesis: \[Object\]|Records: \[/.test(source.start)) return;
  throw new HarnessError(
    'usage',
    `${source.name}: its events are truncated: console.log(event) prints [Object] instead of the records`,
    {
      hint: 'log JSON.stringify(event) in the function, or import the content of the stream with import stream',
    },
  );
};

async function* facts({ source, prefix, tally, identify }: FormatInput): AsyncGenerator<readonly Fact[]> {
  let batch: Fact[] = [];
  const rows = jsonRows({
    prefix,
    tally,
    onValue: (value, line, before, text) => {
      const records = lambdaRecordsOf(value);
      if (records === undefined) tally.other += 1;
      const lines = records === undefined ? [] : itemLines(text, 'Records');
      for (const [index, record] of (records ?? []).entries()) {
        const own = line + (lines[index] ?? 0);
        const given = givenOf(record, own, tally);
        if (given === undefined) continue;
        const delivery = { shard: record.shard, given, time: timeOf(before), isRestart: false };
        batch.push(...payloadFacts(delivery, identify, tally, own));
      }
    },
  });
  for await (const lines of linesOf(source.pieces)) {
    rows.take(lines);
    yield batch;
    batch = [];
  }
  rows.finish();
  yield batch;
  if (tally.taken > 0) return;
  throw new HarnessError('usage', `${source.name}: no event with Records[].kinesis in ${tally.tried} lines`, {
    hint: 'the function has to log its event: console.log(JSON.stringify(event)), or print(event) in Python; for lines of another shape use the format jsonl',
  });
}

const timeOf = (before: Before | undefined): number | undefined => readTime(before?.['time']);

const givenOf = ({ kinesis }: LambdaRecord, line: number, tally: Tally): GivenRecord | undefined => {
  const { sequenceNumber: seq, partitionKey, data, approximateArrivalTimestamp: arrival } = kinesis;
  if (!isSequenceNumber(seq)) {
    tally.noteBroken(line, 'a record without a sequence number');
    return undefined;
  }
  const at = readTime(arrival);
  return {
    seq,
    key: typeof partitionKey === 'string' ? partitionKey : '',
    data: Buffer.from(typeof data === 'string' ? data : '', 'base64'),
    ...(at === undefined ? {} : { arrival: at / 1000 }),
  };
};
