import { z } from 'zod';
import { HarnessError } from '../lib/error.ts';
import { parseJson } from '../lib/parse-json.ts';
import { relations } from './pair-rule.ts';

const whole = z.int().min(0);
const stretch = z.array(z.tuple([z.number().min(0), z.int().min(1)]).readonly()).readonly();
const latencies = z.strictObject({ count: whole, max: z.number().min(0), stretches: z.array(stretch).readonly() });
const rate = z.number().min(0);

/** One arm over all its rounds. Latencies are distinct microseconds with counts: percentiles are not stored. */
const row = z.strictObject({
  arm: z.string(),
  what: z.string(),
  promised: z.strictObject({ short: z.string(), words: z.string(), source: z.string() }),
  rounds: whole,
  records: whole,
  acked: whole,
  order: z.strictObject({ kept: z.boolean().nullable(), pairs: whole, inversions: whole }),
  duplicates: whole,
  losses: whole,
  /** Violated claims of all rounds. */
  broken: z.array(z.string()).readonly(),
  /** Why the verdict of a round is unknown. */
  unknown: z.array(z.string()).readonly(),
  dueToAcked: latencies,
  sentToAcked: latencies,
  dueToDelivered: latencies,
  mostWaiting: whole,
  /** Null if rounds disagree or have too few records. */
  isSustained: z.boolean().nullable(),
  /** Records a second that were answered, whatever was offered. */
  answered: z.number().min(0).default(0),
  /** Highest rate at which the backlog did not grow; null without a sweep. */
  sustained: z
    .strictObject({ rate, isBeyond: z.boolean(), isBelow: z.boolean().default(false), why: z.string().default('') })
    .nullable(),
  calls: whole,
  stored: whole,
  kinesisRecords: whole,
  units: whole,
  onDemandKb: whole,
  throttledCalls: whole,
  /** Calls that were compared with AWS's quotas. */
  countedCalls: whole,
  /** One history for each round. */
  histories: z.array(z.string()).readonly(),
});

/** One offered rate of a sweep, or one buffered time of the packing curve. */
const step = z.strictObject({
  arm: z.string(),
  rate,
  bufferedMs: z.number().min(0).nullable(),
  isSustained: z.boolean().nullable(),
  perKinesisRecord: z.number().min(0),
  unitsPer1000: z.number().min(0),
  callsPer1000: z.number().min(0),
  dueToAcked: latencies,
});

const pair = z.strictObject({
  quick: z.string(),
  slow: z.string(),
  ratio: z.number().min(0),
  low: z.number().min(0),
  high: z.number().min(0),
  relation: z.enum(relations),
});

const ranked = z.strictObject({ arm: z.string(), median: z.number().min(0) });

export const comparison = z.strictObject({
  format: z.literal('kinesis-order-compare'),
  version: z.literal(1),
  engine: z.string(),
  isAws: z.boolean(),
  setting: z.strictObject({
    scenario: z.string(),
    rate,
    arrivals: z.enum(['constant', 'poisson']),
    seconds: z.number().min(0),
    rounds: whole,
    seed: z.string(),
    keys: whole,
    shards: whole,
    payload: z.string(),
    pollMs: whole,
    faults: z.array(z.string()).readonly(),
  }),
  rows: z.array(row).readonly(),
  ranking: z.strictObject({
    groups: z.array(z.array(ranked).readonly()).readonly(),
    /** Arms that lost records, or got no answer to some. */
    undone: z
      .array(z.strictObject({ arm: z.string(), lost: whole, unanswered: whole }))
      .readonly()
      .default([]),
    behind: z.array(z.string()).readonly(),
    few: z.array(z.string()).readonly().default([]),
    disagree: z
      .array(z.strictObject({ arm: z.string(), low: z.number().min(0), high: z.number().min(0) }))
      .readonly()
      .default([]),
    /** Arms that are like arms that are not alike. */
    unplaced: z.array(z.string()).readonly().default([]),
    /** What the rule says of each two arms: their p50s' ratio, its 95 % interval, and what follows. */
    pairs: z.array(pair).readonly().default([]),
  }),
  sweep: z.array(step).readonly(),
  packing: z.array(step).readonly(),
  /** The factor by which all deadlines were extended, because the engine answered slowly. */
  slowness: z.number().min(1).default(1),
  /** Why the comparison was stopped before its end, and what was then not run. */
  ended: z
    .strictObject({ why: z.string(), notRun: z.array(z.string()).readonly() })
    .nullable()
    .default(null),
});

export type Comparison = z.infer<typeof comparison>;
export type Row = Comparison['rows'][number];
export type Step = Comparison['sweep'][number];
export type Setting = Comparison['setting'];

/** Parses a file that `compare --reporter json` wrote. Throws `usage` if it is another file. */
export const parseComparison = (text: string, path: string): Comparison => {
  const parsed = comparison.safeParse(parseJson(text, path));
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new HarnessError('usage', `${path}: ${first?.path.join('.') ?? ''}: ${first?.message ?? 'is not readable'}`, {
    hint: 'give a file that kinesis-order compare --reporter json=FILE wrote',
  });
};
