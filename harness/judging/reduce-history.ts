import { setImmediate as turn } from 'node:timers/promises';
import { readHistory } from '../history/read-history.ts';
import { HarnessError } from '../lib/error.ts';
import type { AnomalyId } from '../model/anomaly.ts';
import type { Head, HistoryLine } from '../model/event.ts';
import { type Expectations, overridden } from '../model/expectations.ts';
import type { Finding, HistoryVerdict } from '../model/verdict.ts';
import { Projection } from '../witness/projection.ts';
import { Numbers } from '../witness/renumber.ts';
import { type Oracle, type Shrunk, saysMore, shrink } from '../witness/shrink.ts';
import { Sketch } from '../witness/sketch.ts';
import { type Slice, slicesOf } from '../witness/slice.ts';
import { type CheckOptions, checkHistory } from './check-history.ts';

/**
 * A history of a few lines that shows one finding of a larger one: `check` finds the same in it and no other
 * violation.
 */
export type Witness = {
  readonly anomaly: AnomalyId;
  readonly finding: Finding;
  readonly lines: readonly HistoryLine[];
  /** Lines besides head, topologies and end. */
  readonly events: number;
  /** Other claims that it violates too: 0, unless nothing smaller shows the finding alone. */
  readonly others: number;
};

/**
 * The expectations of the judgement. They are written into the head of a witness, so that whoever checks it need not
 * repeat them.
 */
export type ReduceOptions = Pick<CheckOptions, 'strict' | 'question' | 'expect' | 'signal'>;

export type Reduction = {
  readonly witnesses: readonly Witness[];
  /** Findings that no small enough part shows again. */
  readonly failed: readonly Finding[];
};

/**
 * Reduces each anomaly of a verdict by its first unexplained finding. The history is read again, a few times at most,
 * and never held in memory completely. Each witness is judged before it is returned. The same history gives the same
 * witnesses.
 */
export const reduceHistory = async (
  source: string | readonly HistoryLine[],
  verdict: HistoryVerdict,
  options: ReduceOptions = {},
): Promise<Reduction> => {
  const targets = targetsOf(verdict);
  const violated: Violated = new Set(
    verdict.claims.filter((claim) => claim.verdict === 'violated').map(({ anomaly }) => anomaly),
  );
  const witness = await linesOf(source, new Set(targets.flatMap(({ witness: lines }) => lines)), options);
  const open = new Map<Finding, Search>(
    targets.map((finding) => {
      const own = new Map(
        finding.witness.flatMap((line) => {
          const known = witness.get(line);
          return known === undefined ? [] : [[line, known] as const];
        }),
      );
      return [finding, { slices: slicesOf(own, finding.evidence, finding.key), best: undefined }];
    }),
  );
  for (let attempt = 0; attempt < 3; attempt += 1) await tryAll(source, open, attempt, { ...options, violated });
  const witnesses: Witness[] = [];
  const failed: Finding[] = [];
  for (const [finding, { best }] of open) {
    if (best === undefined) failed.push(finding);
    else
      witnesses.push({
        anomaly: finding.anomaly,
        finding,
        lines: best.lines,
        events: eventsOf(best.lines),
        others: best.said.others,
      });
  }
  return { witnesses, failed };
};

const eachLine = async (
  source: string | readonly HistoryLine[],
  take: (line: HistoryLine, number: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> => {
  if (typeof source === 'string') {
    await readHistory(source, take, signal === undefined ? {} : { signal });
    return;
  }
  for (const [index, line] of source.entries()) take(line, index + 1);
};

/** The claims that the full history violates. */
type Violated = ReadonlySet<AnomalyId>;
type ShrinkOptions = ReduceOptions & { readonly violated: Violated };
type Search = { readonly slices: readonly Slice[]; best: Shrunk | undefined };

/** The first finding of each anomaly, violations before allowed ones. */
const targetsOf = ({ findings }: HistoryVerdict): readonly Finding[] => {
  const first = new Map<AnomalyId, Finding>();
  for (const finding of findings) {
    if (finding.explainedBy !== null || finding.expect === 'ignore') continue;
    const known = first.get(finding.anomaly);
    if (known === undefined || (known.expect === 'allow' && finding.expect !== 'allow'))
      first.set(finding.anomaly, finding);
  }
  return [...first.values()];
};

const linesOf = async (
  source: string | readonly HistoryLine[],
  wanted: ReadonlySet<number>,
  { signal }: Pick<CheckOptions, 'signal'>,
): Promise<ReadonlyMap<number, HistoryLine>> => {
  const lines = new Map<number, HistoryLine>();
  if (wanted.size === 0) return lines;
  const note = (event: HistoryLine, line: number): void => {
    if (wanted.has(line)) lines.set(line, event);
  };
  await eachLine(source, note, signal);
  return lines;
};

/** One reading for all findings that have no witness yet. */
const tryAll = async (
  source: string | readonly HistoryLine[],
  open: ReadonlyMap<Finding, Search>,
  attempt: number,
  options: ShrinkOptions,
): Promise<void> => {
  const projections = new Map<Finding, Projection>();
  for (const [finding, { slices, best }] of open) {
    const slice = slices[attempt];
    if (slice !== undefined && (best === undefined || best.said.others > 0))
      projections.set(finding, new Projection(slice));
  }
  if (projections.size === 0) return;
  const { signal } = options;
  const take = (event: HistoryLine, line: number): void => {
    for (const projection of projections.values()) projection.take(event, line);
  };
  await eachLine(source, take, signal);
  for (const [finding, { lines, numbers, isTooLarge }] of projections) {
    const search = open.get(finding);
    if (isTooLarge || search === undefined) continue;
    const sketch = new Sketch(
      lines.map((line) => (line.type === 'head' ? headFor(line, finding, options) : line)),
      ofAttempts.has(finding.anomaly),
    );
    const shrunk = await shrinkTwice(sketch, keepsNumbers(finding) ? undefined : numbers, finding, options);
    if (shrunk !== undefined && isBetter(shrunk, search.best)) search.best = shrunk;
  }
};

/** A witness with more events (besides head, topologies and end) is too large to read at a glance. */
const fewEvents = 8;

/** Keeps exactly the kind of the finding. If that takes many events, any kind of its anomaly will do. */
const shrinkTwice = async (
  sketch: Sketch,
  numbers: Numbers | undefined,
  finding: Finding,
  options: ShrinkOptions,
): Promise<Shrunk | undefined> => {
  const exact = await shrink(sketch, numbers, oracleOf(finding, options, true));
  if (exact === undefined || eventsOf(exact.lines) <= fewEvents) return exact;
  const left = numbers === undefined ? undefined : new Numbers();
  for (const line of exact.lines) left?.take(line);
  return (
    (await shrink(new Sketch(exact.lines, sketch.keepsAttempts), left, oracleOf(finding, options, false))) ?? exact
  );
};

const isBetter = (shrunk: Shrunk, best: Shrunk | undefined): boolean =>
  best === undefined ||
  saysMore(best.said, shrunk.said) ||
  (!saysMore(shrunk.said, best.said) && shrunk.lines.length < best.lines.length);

const headAsJudged = (head: Head, { question, expect }: ReduceOptions): Head => {
  const asked = question === undefined ? head : { ...head, question };
  if (expect === undefined) return asked;
  const said = overridden((head.scenario?.['expect'] ?? {}) as Expectations, expect);
  return { ...asked, scenario: { ...head.scenario, expect: said } };
};

/**
 * Of the scenario only the expectations are kept: planned reshards and faults are not in a witness. Other anomalies
 * that had to be found may be there or not.
 */
const headFor = (given: Head, finding: Finding, options: ReduceOptions): Head => {
  const judged = headAsJudged(given, options);
  const { anomaly } = finding;
  const head = keepsNumbers(finding)
    ? { ...judged, identity: { ...judged.identity, counter: 'sparse' as const } }
    : judged;
  if (head.scenario === undefined) return head;
  const { reshard: _reshard, faults: _faults, ...scenario } = head.scenario;
  const expect = scenario['expect'];
  if (typeof expect !== 'object' || expect === null || !('find' in expect) || !Array.isArray(expect.find))
    return { ...head, scenario };
  const find = expect.find.filter((id) => id === anomaly);
  const allow = [...allowedBy(expect), ...expect.find.filter((id) => id !== anomaly)];
  return { ...head, scenario: { ...scenario, expect: { ...expect, find, allow } } };
};

/** Anomalies that a retry may explain, whether the judge can tell or not. */
const ofAttempts: ReadonlySet<AnomalyId> = new Set(['key-reorder', 'duplicate']);

/**
 * A witness keeps the counters of the full history, so that its owner finds them in logs. Cutting leaves gaps between
 * them, which are not findings. If the finding is a gap, the gaps of the cutting are closed.
 */
const keepsNumbers = ({ anomaly, kind }: Finding): boolean => anomaly !== 'counter-gap' || kind !== 'never-sent';

const allowedBy = (expect: object): readonly unknown[] =>
  'allow' in expect && Array.isArray(expect.allow) ? expect.allow : [];

const oracleOf =
  (finding: Finding, { strict, signal, violated }: ShrinkOptions, isExact: boolean): Oracle =>
  async (lines) => {
    // Shrinking takes long and never yields, so a signal is only seen here.
    await turn();
    signal?.throwIfAborted();
    const judged = await checkHistory(lines, strict === undefined ? {} : { strict }).catch(brokenIsNothing);
    if (judged === undefined) return { isFound: false, others: 0, strange: 0 };
    const { findings, claims } = judged;
    const isFound = findings.some(
      ({ anomaly, kind, blame, expect, explainedBy, key, producer, evidence }) =>
        anomaly === finding.anomaly &&
        (!isExact || (kind === finding.kind && blame === finding.blame)) &&
        expect === finding.expect &&
        explainedBy === null &&
        isSame({ key, producer, evidence }, finding),
    );
    const others = claims.filter(({ anomaly, verdict }) => verdict === 'violated' && anomaly !== finding.anomaly);
    const strange = others.filter(({ anomaly }) => !violated.has(anomaly));
    return { isFound, others: others.length, strange: strange.length };
  };

/** True if both are about one record: key, producer, and the number in the evidence (of `late`, if that is there). */
const isSame = (one: About, finding: Finding): boolean => {
  if (one.key !== finding.key || one.producer !== finding.producer) return false;
  return !keepsNumbers(finding) || JSON.stringify(namedIn(one)) === JSON.stringify(namedIn(finding));
};

type About = Pick<Finding, 'key' | 'producer' | 'evidence'>;

const namedIn = ({ evidence }: About): unknown => {
  const late = evidence['late'];
  const { n, seq } = typeof late === 'object' && late !== null ? (late as Finding['evidence']) : evidence;
  return [n, seq];
};

/** A cut history may be invalid: then it shows nothing. */
const brokenIsNothing = (thrown: unknown): undefined => {
  if (thrown instanceof HarnessError) return undefined;
  throw thrown;
};

const eventsOf = (lines: readonly HistoryLine[]): number =>
  lines.filter(({ type }) => type !== 'head' && type !== 'topology' && type !== 'end').length;
