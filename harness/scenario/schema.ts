import { z } from 'zod';
import { isKeyOf } from '../lib/is-key-of.ts';
import { anomalyIds } from '../model/anomaly.ts';
import { defaultProfile, limitProfileNames } from '../model/limits.ts';
import { explicitHashKey } from './explicit-hash-key.ts';
import { reshardSchema } from './reshard.ts';
import { streamSchema } from './stream-schema.ts';
import { unknownField } from './unknown-field.ts';
import type { Options, Vocabulary } from './vocabulary.ts';

const nameMax = 60;
const milliseconds = z.int().min(1).max(86_400_000);
const anomalies = z.array(z.enum(anomalyIds)).default([]);

/**
 * The schema of a scenario file. It is strict, because an unknown field is a typing mistake, and would otherwise be
 * ignored.
 */
export const scenarioSchema = (vocabulary: Vocabulary): z.ZodType =>
  z.strictObject({
    name: z
      .string()
      .min(1)
      .max(nameMax)
      .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/, 'letters, digits, -, _ and . only: it names a stream and a file'),
    why: z.string().min(1),
    source: z.string().min(1).optional(),
    tags: z.array(z.string().min(1)).default([]),
    stream: streamSchema.prefault({}),
    limits: z.enum(limitProfileNames).default(defaultProfile),
    workload: z
      .strictObject({
        keys: z.int().min(1).max(1_000_000).default(10),
        recordsPerKey: z.int().min(1).max(100_000_000).default(10),
        payload: variant(vocabulary.payloads, 'payload').prefault({ type: 'taxiRide' }),
        partitionKey: variant(vocabulary.partitionKeys, 'partition key').prefault({ type: 'even' }),
        explicitHashKey: explicitHashKey.optional(),
      })
      .prefault({}),
    producers: z
      .array(variant(vocabulary.producers, 'producer', { name: z.string().min(1).max(60).optional() }))
      .min(1),
    consumers: z
      .array(variant(vocabulary.consumers, 'consumer', { name: z.string().min(1).max(60).optional() }))
      .default([]),
    faults: z.array(variant(vocabulary.faults, 'fault')).default([]),
    reshard: z.array(reshardSchema).default([]),
    expect: z.strictObject({ forbid: anomalies, allow: anomalies, find: anomalies, ignore: anomalies }).prefault({}),
    budget: z
      .strictObject({
        loadMs: milliseconds.default(30_000),
        drainMs: milliseconds.default(15_000),
        callMs: milliseconds.default(15_000),
        reshardMs: milliseconds.default(15_000),
      })
      .prefault({}),
    needs: z
      .array(
        z.enum(['splitShard', 'mergeShards', 'updateShardCount', 'subscribeToShard', 'onDemand', 'cloudformation']),
      )
      .default([]),
  });

/**
 * The schema of a variant. `type` selects the variant. The variant's own schema validates the other fields and fills
 * in its defaults.
 */
const variant = (known: Options, what: string, more: Readonly<Record<string, z.ZodType>> = {}): z.ZodType =>
  z.looseObject({ type: z.string(), ...more }).transform((value, context) => {
    const { type, ...given } = value;
    if (!isKeyOf(known, type)) {
      context.addIssue({
        code: 'custom',
        path: ['type'],
        message: `there is no ${what} ${JSON.stringify(type)}`,
        params: { possible: Object.keys(known) },
        input: type,
      });
      return z.NEVER;
    }
    const own = Object.fromEntries(Object.entries(given).filter(([field]) => !(field in more)));
    const parsed = known[type]?.options.safeParse(own, { error: unknownField });
    if (parsed === undefined || !parsed.success) {
      for (const issue of parsed?.error.issues ?? []) context.addIssue({ ...issue, input: own } as never);
      return z.NEVER;
    }
    const shared = Object.fromEntries(Object.entries(given).filter(([field]) => field in more));
    return { type, ...shared, ...(parsed.data as object) };
  });
