import { z } from 'zod';

/**
 * History format 1 as schemas: what `docs/history-format.md` and the JSON Schema are rendered from. Lines are read by `shapes.ts`, which is quicker; a property holds
 * both together. Unknown fields and types are ignored by every reader, so every object is open.
 */
const sequence = z
  .string()
  .regex(/^\d{1,129}$/)
  .describe('a decimal sequence number');
const hashKey = z
  .string()
  .regex(/^\d{1,129}$/)
  .describe('a decimal hash key');
const whole = z.int().min(0);
const t = z.int().describe('microseconds since the start of the run; never falls from line to line');
const shard = z.string().describe('ShardId');

const deviation = z.looseObject({
  id: z.string(),
  anomaly: z.string(),
  when: z.record(z.string(), z.unknown()).describe("matched against a finding's own evidence"),
  sentence: z.string().optional(),
});

const head = z.looseObject({
  type: z.literal('head'),
  format: z.literal('kinesis-order-history'),
  version: z.literal(1),
  run: z.string(),
  startedAt: z.string().optional().describe('ISO 8601 wall time of t = 0'),
  seed: z.string().optional(),
  recorded: z
    .array(z.string())
    .optional()
    .describe('"puts", "pages"; without "puts" it is a dump of what a consumer saw'),
  stream: z
    .looseObject({
      name: z.string().optional(),
      mode: z.string().optional(),
      distribution: z.string().optional().describe('AUTO: keys promise nothing'),
      retentionHours: z.number().min(0).optional(),
      maxRecordSizeKiB: z.number().min(0).optional().describe('data and key of one record, where the engine says'),
      shared: z.boolean().optional().describe('others may write to the stream'),
      presentEnd: z
        .record(z.string(), z.string())
        .optional()
        .describe(
          'on a stream with a past: by open shard, the number of a mark that was put before the first put of the run; its readers begin AFTER it',
        ),
    })
    .optional(),
  target: z
    .looseObject({
      engine: z.string().optional(),
      version: z.string().optional(),
      deviations: z.array(deviation).optional(),
    })
    .optional(),
  tolerances: z
    .looseObject({ settleMs: z.number().min(0).optional(), skewMs: z.number().min(0).optional() })
    .optional(),
  scenario: z.looseObject({}).optional().describe('the resolved scenario; the judge reads expect and reshard'),
  versions: z.looseObject({}).optional(),
});

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

const put = z.looseObject({
  t,
  type: z.literal('put'),
  op: whole.describe('unique in the file'),
  producer: z.string().optional(),
  api: z.enum(['PutRecord', 'PutRecords']),
  role: z.string().optional().describe('sentinel: the end marker of a shard, never workload'),
  parts: z
    .array(z.looseObject({ key: z.string(), hash: hashKey.optional() }))
    .optional()
    .describe('aggregated: the Kinesis records of the call'),
  entries: z.array(
    z.looseObject({
      key: z.string().describe('PartitionKey'),
      n: whole.optional().describe('counts from 0 per producer and key'),
      digest: z.string().optional().describe('first 16 hex characters of SHA-256 of the payload'),
      hash: hashKey.optional().describe('ExplicitHashKey'),
      after: sequence.optional().describe('SequenceNumberForOrdering'),
      part: whole.optional().describe('index into parts'),
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
      z.union([z.looseObject({ error: z.string() }), z.looseObject({ shard, seq: sequence, sub: whole.optional() })]),
    )
    .optional()
    .describe('with ok: one an entry, in their order'),
});

const reader = z.looseObject({
  t,
  type: z.literal('reader'),
  reader: z.string(),
  role: z.enum(['live', 'final', 'subject']).optional(),
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
        idKey: z.string().optional().describe('the key that the identity names, where it is another one'),
        producer: z.string().optional(),
        n: whole.optional(),
        sub: whole.optional(),
        digest: z.string().optional(),
        arrival: z.number().optional(),
      }),
    )
    .optional(),
  behind: z.number().nullable().optional().describe('MillisBehindLatest'),
  more: z.boolean().optional().describe('whether a next iterator came'),
  children: z.array(z.string()).optional(),
});

const reshard = z.looseObject({
  t,
  type: z.literal('reshard'),
  id: whole,
  phase: z.enum(['invoke', 'ok', 'fail', 'info']),
  shards: z.array(z.string()).optional(),
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
});
const phase = z.looseObject({ t, type: z.literal('phase'), phase: z.enum(['load', 'heal', 'seal', 'drain', 'done']) });
const note = z.looseObject({ t, type: z.literal('note'), text: z.string() });
const end = z.looseObject({
  t,
  type: z.literal('end'),
  reason: z.enum(['completed', 'interrupted', 'failed']),
  error: z.string().optional(),
});

export const lineSchemas = { head, topology, put, ack, reader, page, reshard, fault, phase, note, end } as const;

export const lineSchema = z.union(Object.values(lineSchemas));
