import { z } from 'zod';
import { head } from './head-schema.ts';
import { hashKey, sequence, shard, t, told, whole } from './schema-words.ts';

/**
 * History format 1 as schemas, from which `docs/history-format.md` and the JSON Schema are rendered. `shapes.ts`
 * validates lines, because it is faster; a property test holds both together. Readers ignore unknown fields and types,
 * so every object is open.
 */
const topology = z.looseObject({
  t,
  type: z.literal('topology'),
  status: z.string().optional(),
  shards: z.array(
    z.looseObject({
      shard,
      range: z.tuple([hashKey, hashKey]).describe('first and last hash key'),
      parents: z.array(z.string()).optional().describe('none, one (split) or two (merge)'),
      seq: z.tuple([sequence, sequence.nullable()]).optional().describe('starting and ending number; null while open'),
    }),
  ),
});

const file = told('recorder import: which of import.files, counted from 0');
const lines = told(
  'recorder import: lines of that file, one for each record: 4711-4758 have one each, 12*100 is a line with 100',
);

const put = z.looseObject({
  t,
  type: z.literal('put'),
  op: whole.describe('unique in the file'),
  producer: z.string().optional(),
  api: z.enum(['PutRecord', 'PutRecords']),
  attempt: told('informative: the judge goes by the record'),
  retryOf: told('recorder proxy or middleware: the sender did not receive the answer of that op; else informative'),
  due: z.int().optional().describe('when the application wanted the put sent; latencies count from it'),
  role: z.string().optional().describe('sentinel: the last record of a shard, put by the tool, never workload'),
  file,
  lines,
  parts: z
    .array(z.looseObject({ key: z.string().optional(), hash: hashKey.optional() }))
    .optional()
    .describe('aggregated: the Kinesis records of the call'),
  entries: z.array(
    z.looseObject({
      key: z.string().optional().describe('PartitionKey; absent where the stream distributes records by itself'),
      flow: z.string().optional().describe('what must be in order, if it is not the partition key'),
      producer: z.string().optional().describe("overrides the put's producer"),
      n: whole.optional().describe('counts from 0 per producer and key, unless the head has identity'),
      digest: z.string().optional().describe('first 16 hex characters of SHA-256 of the payload'),
      bytes: told('size of the payload'),
      hash: hashKey.optional().describe('ExplicitHashKey'),
      after: sequence.optional().describe('SequenceNumberForOrdering'),
      part: whole.optional().describe('index into parts'),
      due: z.int().optional().describe("when this record was due, where it was not the put's due"),
    }),
  ),
});

const ack = z.looseObject({
  t,
  type: z.literal('ack'),
  op: whole,
  outcome: z.enum(['ok', 'fail', 'info']).describe('ok · surely no effect · may have happened'),
  results: z
    .array(
      z.union([
        z.looseObject({ error: z.string(), message: told('its words') }),
        z.looseObject({ shard, seq: sequence, sub: whole.optional() }),
      ]),
    )
    .optional()
    .describe('with ok: one an entry, in their order'),
  error: told('name of the error'),
  message: told('its words'),
  requestId: told('what AWS support asks for'),
  attempts: whole.optional().describe('how often the client sent this call by itself'),
});

const reader = z.looseObject({
  t,
  type: z.literal('reader'),
  reader: z.string(),
  role: z.enum(['live', 'final', 'subject']).optional(),
  group: z.string().optional().describe('readers of one group are one application'),
  of: z.string().optional().describe('it shows what the client of this subject fetched'),
  owes: z
    .looseObject({
      from: z.union([z.enum(['TRIM_HORIZON', 'LATEST']), z.looseObject({ at: z.number() })]).optional(),
      shards: z.union([z.literal('all'), z.array(z.string())]).optional(),
      until: z.enum(['done', 'acked']).optional(),
    })
    .optional()
    .describe('what the application has to handle'),
  filter: z.boolean().optional().describe('it leaves out records by design'),
  aggregates: z.enum(['kcl', 'raw']).optional(),
});

const subject = z.looseObject({
  t,
  type: z.literal('subject'),
  reader: z.string(),
  event: z.enum(['start', 'done', 'failed', 'checkpoint', 'discard', 'lost', 'end', 'complete']),
  worker: z.string().optional(),
  shard: z.string().optional(),
  seq: sequence.optional(),
  sub: whole.optional(),
  at: told('where it starts; SHARD_END: a checkpoint at the end of a shard'),
  to: told('discard: where the record was put aside'),
  message: told('words of the application'),
});

const page = z.looseObject({
  t,
  t0: z.int().optional().describe('when the page was asked'),
  type: z.literal('page'),
  reader: z.string(),
  chain: whole.describe('one iterator and its NextShardIterators'),
  shard,
  from: z
    .looseObject({
      type: z.enum([
        'TRIM_HORIZON',
        'LATEST',
        'AT_SEQUENCE_NUMBER',
        'AFTER_SEQUENCE_NUMBER',
        'AT_TIMESTAMP',
        'UNKNOWN',
      ]),
      seq: sequence.optional(),
      sub: whole.optional().describe('resumed inside an aggregate'),
      at: z.number().optional().describe('Unix milliseconds'),
      t0: z.int().optional(),
      t: z.int().optional(),
    })
    .optional()
    .describe("on a chain's first page"),
  records: z
    .array(
      z.looseObject({
        seq: sequence,
        key: z.string().optional(),
        flow: z.string().optional().describe('what must be in order, if it is not the partition key'),
        idKey: z.string().optional().describe('the key that the identity names, where it is another one'),
        producer: z.string().optional(),
        n: whole.optional(),
        sub: whole.optional(),
        digest: z.string().optional(),
        bytes: told('size of the payload'),
        arrival: z.number().optional().describe('ApproximateArrivalTimestamp, Unix milliseconds'),
      }),
    )
    .optional(),
  behind: z.number().nullable().optional().describe('MillisBehindLatest'),
  more: z.boolean().optional().describe('whether a next iterator came'),
  children: z.array(z.string()).optional().describe('ids of ChildShards'),
  worker: z.string().optional().describe("who handled the page inside the reader's group"),
  lane: z.union([z.string(), z.number()]).optional().describe('lanes distribute by key'),
  file,
  lines,
  continuation: told('SubscribeToShard: ContinuationSequenceNumber'),
  error: told('the read failed: there are no records'),
  message: told('the words of the error'),
});

const reshard = z.looseObject({
  t,
  type: z.literal('reshard'),
  id: whole,
  phase: z.enum(['invoke', 'ok', 'fail', 'info']),
  action: told('SplitShard, MergeShards (two shards) or UpdateShardCount (a target)'),
  shards: z.array(z.string()).optional(),
  target: told('UpdateShardCount: how many shards'),
  error: told('name of the error'),
  message: told('its words'),
  newStartingHashKey: hashKey.optional(),
  via: z
    .string()
    .optional()
    .describe('UpdateStack: a stack was asked for it; fail then says what the stack said and what the stream did'),
});

const fault = z.looseObject({
  t,
  type: z.literal('fault'),
  fault: z.string(),
  phase: z.enum(['armed', 'fired', 'never-fired']),
  id: told('tells two armed faults of one name apart'),
  op: told('with fired: the call that it fired on'),
  detail: told('how it was armed'),
});
const phase = z.looseObject({ t, type: z.literal('phase'), phase: z.enum(['load', 'heal', 'seal', 'drain', 'done']) });
const note = z.looseObject({ t, type: z.literal('note'), text: z.string() });
const end = z.looseObject({
  t,
  type: z.literal('end'),
  reason: z.enum(['completed', 'interrupted', 'failed']),
  error: z.string().optional(),
  neverSent: z
    .int()
    .min(0)
    .optional()
    .describe('records that producers were handed, and that no put has: nothing about them was tested'),
  leftOut: z.int().min(0).optional().describe('recorder import: lines that could not be read, and are left out'),
});

export const lineSchemas = {
  head,
  topology,
  put,
  ack,
  reader,
  page,
  subject,
  reshard,
  fault,
  phase,
  note,
  end,
} as const;

export const lineSchema = z.union(Object.values(lineSchemas));
