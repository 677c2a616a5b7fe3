import { z } from 'zod';
import { whole } from './schema-words.ts';

const deviation = z.looseObject({
  id: z.string(),
  anomaly: z.string(),
  when: z.record(z.string(), z.unknown()).describe("matched against a finding's own evidence"),
  sentence: z.string().optional(),
});

/** The first line. */
export const head = z.looseObject({
  type: z.literal('head'),
  format: z.literal('kinesis-order-history'),
  version: z.literal(1),
  run: z.string(),
  startedAt: z.string().optional().describe('ISO 8601 wall time of t = 0'),
  seed: z.string().optional(),
  slice: z
    .looseObject({ index: whole, count: whole, group: z.string() })
    .optional()
    .describe('this driver wrote and read slice `index` of `count` of the hash space; others of its group the rest'),
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
  question: z
    .enum(['service', 'pipeline'])
    .optional()
    .describe("service (default): what AWS documents; pipeline: that each key's order reaches its readers"),
  recorder: z
    .enum(['harness', 'proxy', 'middleware', 'import'])
    .optional()
    .describe('who wrote the file; import: the order of lines need not be the order of sending'),
  clock: z.literal('none').optional().describe('none: no times are known, t is the line index'),
  identity: z
    .looseObject({
      from: z.enum(['json', 're', 'module', 'none']).optional().describe('none: n is only the order of first sending'),
      counter: z.enum(['dense', 'sparse']).optional().describe('sparse (default): only the order of n counts'),
      first: whole.optional().describe('the smallest number; 0 where it is absent'),
      scope: z.enum(['producer-key', 'key', 'producer']).optional().describe('what one counter counts over'),
    })
    .optional()
    .describe('how n is to be read; absent: dense from 0 per producer and key'),
  tolerances: z
    .looseObject({
      settleMs: z.number().min(0).optional(),
      skewMs: z.number().min(0).optional(),
      clockSkewMs: z
        .number()
        .min(0)
        .optional()
        .describe('largest difference between the clocks of the machines whose logs were merged; default 0'),
    })
    .optional(),
  scenario: z
    .looseObject({})
    .optional()
    .describe(
      'the resolved scenario; the judge reads expect, reshard and faults; an unknown name in expect makes the file invalid',
    ),
  import: z
    .looseObject({
      format: z.string().optional().describe('formats of the files, as they are called behind `import`'),
      files: z.array(z.string()).optional().describe('names of the files, without their folders'),
      lacks: z
        .array(z.string())
        .optional()
        .describe(
          'what the files cannot tell: time, shard, number, key, counter, unique-counter, outcome, call, stored',
        ),
    })
    .optional()
    .describe('where recorder is import: what the history was made of'),
  versions: z.looseObject({}).optional(),
});
