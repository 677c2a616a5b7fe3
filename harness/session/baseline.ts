import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { HarnessError, messageOf } from '../lib/error.ts';
import { parseJson } from '../lib/parse-json.ts';
import { type AnomalyId, anomalyIds } from '../model/anomaly.ts';
import { explainIssue } from '../scenario/explain-issue.ts';
import { unknownField } from '../scenario/unknown-field.ts';

/** What a team with an old pipeline accepts for a while: each anomaly with a reason and a last day (UTC). */
const baselineSchema = z.strictObject({
  accepted: z.array(
    z.strictObject({ anomaly: z.enum(anomalyIds), until: z.iso.date(), why: z.string().trim().min(1) }),
  ),
});

export type Baseline = {
  /** Found and allowed. */
  readonly allow: readonly AnomalyId[];
  /** Forbidden again, in a sentence each. */
  readonly expired: readonly string[];
};

/** Reads `--baseline FILE`. `nowMs`: Unix milliseconds. Throws HarnessError('usage') naming file and field. */
export const readBaseline = (file: string, nowMs: number): Baseline => {
  const today = new Date(nowMs).toISOString().slice(0, 10);
  const { accepted } = parsed(file);
  return {
    allow: [...new Set(accepted.filter(({ until }) => until >= today).map(({ anomaly }) => anomaly))],
    expired: accepted
      .filter(({ until }) => until < today)
      .map(({ anomaly, until, why }) => `${file}: ${anomaly} was accepted until ${until} (${why}): it counts again`),
  };
};

const parsed = (file: string): z.infer<typeof baselineSchema> => {
  const value = parseJson(textOf(file), file);
  const result = baselineSchema.safeParse(value, { error: unknownField });
  if (result.success) return result.data;
  throw new HarnessError(
    'usage',
    `${file}: ${result.error.issues.map((issue) => explainIssue(issue, value)).join('; ')}`,
    { hint: 'a baseline is { "accepted": [{ "anomaly": "key-reorder", "until": "2027-03-31", "why": "TICKET-1" }] }' },
  );
};

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    throw new HarnessError('usage', `--baseline: cannot read ${file}: ${messageOf(thrown)}`, { cause: thrown });
  }
};
