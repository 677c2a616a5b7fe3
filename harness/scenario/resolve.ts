import { HarnessError } from '../lib/error.ts';
import { combinationProblems } from './combinations.ts';
import { explainIssue } from './explain-issue.ts';
import { hashKeyIn } from './explicit-hash-key.ts';
import { type AskedTemplate, resolveTemplate } from './own-template.ts';
import type { ResolvedScenario, ResolvedStream } from './resolved.ts';
import { scenarioSchema } from './schema.ts';
import { unknownField } from './unknown-field.ts';
import type { Vocabulary } from './vocabulary.ts';

export type ResolveOptions = {
  readonly file: string;
  readonly vocabulary: Vocabulary;
  readonly seed: string;
  /** The folder that paths are relative to; default: the working directory. */
  readonly folder?: string;
};

/**
 * Turns a file's export into pure data with all defaults filled in, before anything is created. Throws one
 * HarnessError('usage') with all problems, each with file, field, given value and possible values.
 */
export const resolveScenario = (
  input: unknown,
  { file, vocabulary, seed, folder }: ResolveOptions,
): ResolvedScenario => {
  const parsed = scenarioSchema(vocabulary).safeParse(input, { error: unknownField });
  if (!parsed.success)
    throw refusal(
      file,
      input,
      parsed.error.issues.map((issue) => explainIssue(issue, input)),
    );
  const { stream: asked, ...data } = parsed.data as Asked;
  const { stream, problems: inTemplate } = streamOf(asked, folder);
  const producers = inFolder(data.producers, vocabulary.producers, folder);
  const consumers = inFolder(data.consumers, vocabulary.consumers, folder);
  const workload = hashKeysInFolder(data.workload, folder);
  const scenario = named({ ...data, workload, producers, consumers, stream, seed });
  const problems = inTemplate.length > 0 ? inTemplate : combinationProblems(scenario, vocabulary);
  if (problems.length > 0) throw refusal(file, input, problems);
  return scenario;
};

/** The variants with their paths resolved, because paths in a scenario are relative to its folder. */
const inFolder = <T extends { readonly type: string }>(
  variants: readonly T[],
  known: Vocabulary['producers'],
  folder: string | undefined,
): readonly T[] =>
  variants.map((variant) => {
    const moved = folder === undefined ? undefined : known[variant.type]?.relativeTo?.(variant, folder);
    return moved === undefined ? variant : (moved as unknown as T);
  });

const hashKeysInFolder = (
  workload: ResolvedScenario['workload'],
  folder: string | undefined,
): ResolvedScenario['workload'] =>
  workload.explicitHashKey === undefined || folder === undefined
    ? workload
    : { ...workload, explicitHashKey: hashKeyIn(workload.explicitHashKey, folder) };

/** A stream as the schema returns it: its template is named and not yet read. */
type AskedStream = Omit<ResolvedStream, 'template'> & { readonly template?: AskedTemplate };
type Asked = Omit<ResolvedScenario, 'seed' | 'stream'> & { readonly stream: AskedStream };

const streamOf = (
  { template: asked, ...stream }: AskedStream,
  folder = process.cwd(),
): { readonly stream: ResolvedStream; readonly problems: readonly string[] } => {
  if (asked === undefined) return { stream, problems: [] };
  try {
    const { template, problems } = resolveTemplate(asked, folder);
    return { stream: { ...stream, template }, problems };
  } catch (thrown) {
    if (thrown instanceof HarnessError && thrown.code === 'usage') return { stream, problems: [thrown.message] };
    throw thrown;
  }
};

/** Names producers p1, p2 … and consumers c1, c2 … if the file gives no names. */
const named = (scenario: ResolvedScenario): ResolvedScenario => ({
  ...scenario,
  producers: scenario.producers.map((producer, index) => ({ ...producer, name: producer.name ?? `p${index + 1}` })),
  consumers: scenario.consumers.map((consumer, index) => ({ ...consumer, name: consumer.name ?? `c${index + 1}` })),
});

const refusal = (file: string, input: unknown, problems: readonly string[]): HarnessError => {
  const name =
    typeof input === 'object' && input !== null && 'name' in input && typeof input.name === 'string'
      ? ` (${input.name})`
      : '';
  return new HarnessError(
    'usage',
    `${file}${name}: ${problems.length === 1 ? problems[0] : `${problems.length} problems\n  ${problems.join('\n  ')}`}`,
  );
};
