import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkHistory } from '../../judging/check-history.ts';
import { HarnessError } from '../../lib/error.ts';
import { exitCodeOfVerdict, type Finding, type HistoryVerdict } from '../../model/verdict.ts';

/**
 * What is right of one history, written down from the contract before any run. README.md says what each field means.
 */
export type Expectation = {
  readonly file: string;
  readonly question?: 'service' | 'pipeline';
  readonly verdict?: string | null | readonly string[];
  readonly exit?: number;
  readonly line?: number;
  readonly claims?: Readonly<Record<string, ClaimExpectation>>;
  readonly not?: readonly string[];
  readonly order?: Readonly<Record<string, unknown>>;
  readonly counts?: Readonly<Record<string, unknown>>;
  readonly power?: Readonly<Record<string, unknown>>;
  readonly why: string;
  /** By group: what is told of each consumer under test. `neverReadShards`: their ids, or how many. */
  readonly subjects?: readonly Readonly<Record<string, unknown>>[];
  /** The contract leaves it open: what is preferred is written down, and nothing is held to it. */
  readonly free?: boolean;
};

type OneOf = string | null | readonly (string | null)[];
type ClaimExpectation = {
  readonly verdict?: string;
  readonly kind?: OneOf;
  readonly blame?: OneOf;
  readonly found?: number;
  readonly min?: number;
  readonly says?: string;
};

export type CaseFolder = 'given' | 'audited' | 'subjects' | 'corners' | 'edges' | 'combined';

const here = fileURLToPath(new URL('.', import.meta.url));

export const expectationsIn = (folder: CaseFolder): readonly Expectation[] =>
  JSON.parse(readFileSync(join(here, folder, 'expected.json'), 'utf8')) as readonly Expectation[];

/** What differs from the expectation; empty where nothing does. */
export const differencesOf = async (folder: CaseFolder, expected: Expectation): Promise<readonly string[]> => {
  const path = join(here, folder, expected.file);
  try {
    const { question } = expected;
    return differences(expected, await checkHistory(path, question === undefined ? {} : { question }));
  } catch (thrown) {
    if (!(thrown instanceof HarnessError)) throw thrown;
    return refused(expected, thrown.message);
  }
};

const refused = ({ exit, line }: Expectation, message: string): readonly string[] => {
  if (exit !== 2) return [`refused: ${message}`];
  return line === undefined || message.startsWith(`line ${line}:`) ? [] : [`line ${line} is not named: ${message}`];
};

const differences = (expected: Expectation, judged: HistoryVerdict): readonly string[] => {
  if (expected.exit === 2) return [`judged as ${judged.verdict}, though it cannot be judged`];
  const { verdict, exit, claims = {}, not = [] } = expected;
  const possible = [verdict].flat();
  const isVerdict = verdict === undefined || possible.includes(judged.verdict);
  const isExit = exit === undefined || Array.isArray(verdict) || exit === exitCodeOfVerdict[judged.verdict];
  const violated = judged.claims.filter((claim) => claim.verdict === 'violated').map(({ anomaly }) => anomaly);
  return [
    ...(isVerdict ? [] : [`verdict ${judged.verdict}, expected ${possible.join(' or ')}`]),
    ...(isExit ? [] : [`exit code of ${judged.verdict}, expected ${exit}`]),
    ...Object.entries(claims).flatMap(([anomaly, claim]) => claimDifferences(anomaly, claim, judged)),
    ...violated
      .filter((id) => !(id in claims))
      .map((id) => `${id} violated, ${not.includes(id) ? 'must not be' : 'not expected'}`),
    ...fieldDifferences('order', expected.order, judged.order),
    ...fieldDifferences('counts', expected.counts, judged.counts),
    ...fieldDifferences('power', expected.power, judged.power),
    ...subjectDifferences(expected.subjects, judged),
  ];
};

const fieldDifferences = (
  name: string,
  expected: Readonly<Record<string, unknown>> = {},
  got: Readonly<Record<string, unknown>>,
): readonly string[] =>
  Object.entries(expected)
    .filter(([field, value]) => got[field] !== value)
    .map(([field, value]) => `${name}.${field} ${String(got[field])}, expected ${String(value)}`);

const subjectDifferences = (
  expected: NonNullable<Expectation['subjects']> = [],
  { subjects }: HistoryVerdict,
): readonly string[] =>
  expected.flatMap((wanted) => {
    const got = subjects.find(({ group }) => group === wanted['group']);
    if (got === undefined) return [`no subject ${String(wanted['group'])}`];
    const flat = (value: unknown): unknown =>
      Array.isArray(value)
        ? value
            .map(String)
            .sort((a, b) => a.localeCompare(b))
            .join(' ')
        : value;
    const fields = Object.fromEntries(Object.entries(got).map(([field, value]) => [field, flat(value)]));
    const asked = Object.fromEntries(Object.entries(wanted).map(([field, value]) => [field, flat(value)]));
    return fieldDifferences(`subject ${got.group}`, asked, fields);
  });

const claimDifferences = (anomaly: string, expected: ClaimExpectation, judged: HistoryVerdict): readonly string[] => {
  const claim = judged.claims.find((one) => one.anomaly === anomaly);
  // A claim to come: nothing is held to it where nothing is said of it.
  if (claim === undefined) return Object.keys(expected).length === 0 ? [] : [`${anomaly} is not among the claims`];
  const all = judged.findings.filter((finding) => finding.anomaly === anomaly);
  const unexplained = all.filter(({ explainedBy }) => explainedBy === null);
  const open = unexplained.length > 0 ? unexplained : all;
  const { verdict = claim.verdict, found = claim.found, min = 0, says = '' } = expected;
  const isSaid = [claim.why, ...all.map(({ sentence }) => sentence)].some((text) => text.includes(says));
  return [
    ...(claim.verdict === verdict ? [] : [`${anomaly} ${claim.verdict}, expected ${verdict}`]),
    ...(claim.found === found ? [] : [`${anomaly} found ${claim.found}, expected ${found}`]),
    ...(claim.found >= min ? [] : [`${anomaly} found ${claim.found}, expected ${min} or more`]),
    ...(isSaid ? [] : [`${anomaly} does not say "${says}"`]),
    ...(['kind', 'blame'] as const).flatMap((field) => oddOf(anomaly, field, expected[field], open)),
  ];
};

const oddOf = (
  anomaly: string,
  field: 'kind' | 'blame',
  expected: OneOf | undefined,
  findings: readonly Finding[],
): readonly string[] => {
  if (expected === undefined) return [];
  const odd = findings.find((finding) => ![expected].flat().includes(finding[field]));
  return odd === undefined ? [] : [`${anomaly} of ${field} ${odd[field]}, expected ${[expected].flat().join(' or ')}`];
};
