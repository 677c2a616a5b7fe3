import { z } from 'zod';
import { HarnessError } from '../lib/error.ts';
import { answerKinds, areas } from './answer.ts';

/**
 * The answers of one engine, as `conformance --json` writes them and `--compare` and the matrix read them. Claims of a
 * newer or older version of the tool are kept as they are.
 */
export const conformanceFormat = 'kinesis-order-conformance';

const resultSchema = z.object({
  format: z.literal(conformanceFormat),
  version: z.literal(1),
  engine: z.string(),
  engineVersion: z.string(),
  /** When it was tested: ISO 8601, UTC. */
  at: z.iso.datetime(),
  seconds: z.number(),
  versions: z.record(z.string(), z.string()),
  /** The command that repeats the test; a claim's cell adds `--only`. */
  command: z.string(),
  answers: z.array(
    z.object({ claim: z.string(), area: z.enum(areas), kind: z.enum(answerKinds), saw: z.string(), ms: z.number() }),
  ),
});

export type ConformanceResult = z.infer<typeof resultSchema>;

/** Parses a result. Throws `usage` with the file and the field if it is none. */
export const parseResult = (text: string, path: string): ConformanceResult => {
  const parsed = resultSchema.safeParse(jsonOf(text, path));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue === undefined || issue.path.length === 0 ? 'the whole' : issue.path.join('.');
  throw new HarnessError('usage', `${path} is no conformance result: ${field}: ${issue?.message ?? 'unreadable'}`, {
    hint,
  });
};

const hint = 'write one with: kinesis-order conformance --json > result.json';

const jsonOf = (text: string, path: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HarnessError('usage', `${path} is no JSON`, { hint, cause });
  }
};
