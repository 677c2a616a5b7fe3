import { z } from 'zod';

const table = z.strictObject({ head: z.array(z.string()), rows: z.array(z.array(z.string())) });

/** The results of `npm run lab`: docs/lab.json, from which the figures of docs/lab.md are rendered. */
export const labFacts = z.strictObject({
  engine: z.string(),
  setting: z.string(),
  /** The seed of every run in it. */
  seed: z.string(),
  modes: table,
  ranking: z.string(),
  rates: table,
  packing: table,
  /** By scenario: the order that its run reported. */
  scenarios: z.record(z.string(), z.string()),
  /** By claim of AWS: the engine's answer. */
  claims: z.record(z.string(), z.string()),
});
export type LabFacts = z.infer<typeof labFacts>;

export const labFile = 'docs/lab.json';

/** The settings of the comparison, as in the commands of the page. */
export const labSetting = {
  target: 'kinesalite',
  seed: '1',
  modes: { rate: 50, seconds: 10 },
  packing: { rate: 150, seconds: 3.5, rounds: 1 },
  rates: { seconds: 2, rounds: 1 },
  sweepArms: ['put-record-snfo', 'put-records-100', 'aggregated-100'],
} as const;

export const labScenarios = [
  'lab-loop-as-written',
  'lab-loop-by-vendor',
  'many-keys-on-many-shards',
  'put-record-with-sequence-number-for-ordering',
  'put-record-held-call-overtaken',
  'put-records',
  'put-records-failed-entry-sent-again',
  'put-records-aggregated',
] as const;

export const labClaims = [
  'partition-key-is-hashed-by-md5',
  'data-is-unchanged',
  'a-record-is-never-modified',
  'record-data-of-one-mib',
  'record-size-counts-the-key',
  'large-records',
  'five-hundred-records-a-call',
  'reads-are-ordered-by-number',
] as const;
