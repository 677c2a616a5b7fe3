import { z } from 'zod';

const hoursMin = 24;
const hoursMax = 8760;
const kibMin = 1024;
const kibMax = 10_240;
/**
 * AWS accepts 50 tags on a stream. One of them is the harness's own, by which `clean` recognises the streams that it
 * created.
 */
const tagsMax = 49;

/**
 * Tags with keys and values as AWS accepts them (API reference, AddTagsToStream), without `kinesis-order`, which marks
 * streams of the harness.
 */
const tags = z
  .record(
    z
      .string()
      .min(1)
      .max(128)
      .refine((key) => !key.startsWith('aws:') && key !== 'kinesis-order', 'a key of AWS or of kinesis-order itself'),
    z.string().max(256),
  )
  .refine((given) => Object.keys(given).length <= tagsMax, `more than ${tagsMax} tags`);

const existing = z
  .string()
  .regex(/^[a-zA-Z0-9_.-]{1,128}$/, 'the name of a stream: 1 to 128 letters, digits, _, . and -');

const template = z.strictObject({
  file: z.string().min(1),
  stream: z.string().min(1).max(255),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).default({}),
});

const fields = z.strictObject({
  shards: z.int().min(1).max(10_000).optional(),
  mode: z.enum(['PROVISIONED', 'ON_DEMAND']).optional(),
  retentionHours: z.int().min(hoursMin).max(hoursMax).optional(),
  encryptionKey: z.string().min(1).max(2048).optional(),
  tags: tags.optional(),
  maxRecordSizeKiB: z.int().min(kibMin).max(kibMax).optional(),
  recordDistributionStrategy: z.enum(['USER_PARTITION_KEY', 'AUTO']).optional(),
  existing: existing.optional(),
  mayReshard: z.boolean().optional(),
  template: template.optional(),
});

/** The fields that are allowed with a stream that the harness does not create. */
const beside: Readonly<Record<string, readonly string[]>> = { existing: ['mayReshard'], template: [] };

/**
 * The schema of a scenario's stream. Limits: API reference of CreateStream, IncreaseStreamRetentionPeriod and
 * UpdateMaxRecordSize.
 */
export const streamSchema = fields
  .superRefine((given, context) => {
    const said = Object.keys(given);
    for (const [origin, also] of Object.entries(beside)) {
      if (!said.includes(origin)) continue;
      const wrong = said.filter((field) => field !== origin && !also.includes(field));
      for (const field of wrong)
        context.addIssue({
          code: 'custom',
          path: [field],
          message: `does not go with stream.${origin}, which says what it is`,
        });
    }
    if (given.mayReshard !== undefined && given.existing === undefined)
      context.addIssue({
        code: 'custom',
        path: ['mayReshard'],
        message: 'only of a stream that is there already (stream.existing)',
      });
  })
  .transform((given) => ({ ...given, shards: given.shards ?? 1, mode: given.mode ?? ('PROVISIONED' as const) }));
