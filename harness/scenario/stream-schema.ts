import { z } from 'zod';

const hoursMin = 24;
const hoursMax = 8760;
const kibMin = 1024;
const kibMax = 10_240;
/** AWS takes 50 on a stream; one is the harness's own, by which `clean` knows what it made. */
const tagsMax = 49;

/** A tag's key and value as AWS takes them (API reference, AddTagsToStream); `kinesis-order` marks what the harness made. */
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

/** What a scenario says of its stream. Limits: API reference of CreateStream, IncreaseStreamRetentionPeriod and UpdateMaxRecordSize. */
export const streamSchema = z.strictObject({
  shards: z.int().min(1).max(10_000).default(1),
  mode: z.enum(['PROVISIONED', 'ON_DEMAND']).default('PROVISIONED'),
  retentionHours: z.int().min(hoursMin).max(hoursMax).optional(),
  encryptionKey: z.string().min(1).max(2048).optional(),
  tags: tags.optional(),
  maxRecordSizeKiB: z.int().min(kibMin).max(kibMax).optional(),
  recordDistributionStrategy: z.enum(['USER_PARTITION_KEY', 'AUTO']).optional(),
});
