import { checks } from '../checks/catalogue/registry.ts';
import type { Check } from '../checks/check.ts';
import { rate95 } from '../checks/judge/counts.ts';
import { strictness } from '../checks/judge/expectations.ts';
import { listed } from '../checks/judge/listed.ts';
import { ofTopology } from '../checks/judge/of-topology.ts';
import { HarnessError } from '../lib/error.ts';
import type { AnomalyId } from '../model/anomaly.ts';
import { sliceWords } from '../model/slice.ts';
import {
  type Claim,
  type Counts,
  type Finding,
  type HistoryVerdict,
  mergeVerdicts,
  type Order,
} from '../model/verdict.ts';
import { guardsOfSlices } from './guards-of-slices.ts';
import { countedRoles } from './slice-facts.ts';
import type { SliceReport } from './slice-report.ts';

/** Merges the verdicts of all slices of a run. Throws `unknown` if they are not all slices of one run. */
export const mergeSlices = (given: readonly SliceReport[]): HistoryVerdict => {
  const slices = [...given].sort((one, other) => one.slice.index - other.slice.index);
  assertAllSlices(slices);
  const histories = slices.map(({ history }) => history);
  const counts = countsOf(histories);
  const order = orderOf(slices);
  const power = powerOf(histories, counts);
  const guards = guardsOfSlices(slices, counts);
  const claims = (histories[0] as HistoryVerdict).claims.map(({ anomaly }) =>
    claimOf(anomaly, slices, { guards, pairs: power['orderedPairs'] ?? 0 }),
  );
  const unknown = claims.filter(({ verdict, why }) => verdict === 'unknown' && !guards.includes(why));
  return {
    path: (slices[0] as SliceReport).scenario,
    run: (slices[0] as SliceReport).slice.group,
    verdict: mergeVerdicts([...claims.map(({ verdict }) => verdict), ...guards.map(() => 'unknown' as const)]),
    complete: histories.every(({ complete }) => complete),
    unknown: [...guards, ...unknown.map(({ anomaly, why }) => `${anomaly}: ${why}`)],
    claims,
    findings: claims.flatMap(({ anomaly }) => findingsOf(anomaly, slices)),
    counts,
    order,
    subjects: [],
    power,
    aloud: [...new Set(histories.flatMap(({ aloud }) => aloud))],
  };
};

const assertAllSlices = (slices: readonly SliceReport[]): void => {
  const [{ slice, same, topology }] = slices as readonly [SliceReport];
  const met = new Set(slices.map(({ slice: { index } }) => index));
  if (met.size < slices.length) throw unknown('two reports are of the same slice: remove one of them');
  const missing = Array.from({ length: slice.count }, (_, index) => index + 1).filter((index) => !met.has(index));
  if (missing.length > 0)
    throw unknown(
      `slice ${missing.join(', ')} of ${slice.count} is missing: add the report that its run --shard wrote`,
    );
  const other = slices.find((one) => one.same !== same);
  if (other !== undefined)
    throw unknown(`slice ${sliceWords(other.slice)} was run with another seed, version or rules than slice 1`);
  const apart = slices.find((one) => one.topology !== topology);
  if (apart !== undefined) throw unknown(`slice ${sliceWords(apart.slice)} saw other shards than slice 1`);
};

const unknown = (words: string): HarnessError => new HarnessError('unknown', words);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const countsOf = (histories: readonly HistoryVerdict[]): Counts => {
  const of = (name: keyof Counts): number => sum(histories.map(({ counts }) => counts[name]));
  return {
    acked: of('acked'),
    read: of('read'),
    info: of('info'),
    failed: of('failed'),
    unseen: of('unseen'),
    foreign: of('foreign'),
    unidentified: of('unidentified'),
  };
};

/**
 * Order is counted by the same role in all slices: live readers do not count if the final reader of any slice read
 * anything.
 */
const orderOf = (slices: readonly SliceReport[]): Order => {
  const role = countedRoles.find((one) => slices.some(({ orderBy }) => orderBy === one));
  const counted = slices.filter(({ orderBy }) => orderBy === role);
  const of = (name: 'flows' | 'pairs' | 'inversions' | 'flowsBroken'): number =>
    sum(counted.map(({ history }) => history.order[name]));
  const [pairs, inversions] = [of('pairs'), of('inversions')];
  return {
    kept: pairs === 0 ? null : inversions === 0,
    flows: of('flows'),
    pairs,
    inversions,
    flowsBroken: of('flowsBroken'),
  };
};

/** Merged as the maximum of any slice, because calls in flight across slices are unknown. */
const greatest: ReadonlySet<string> = new Set(['inFlight', 'displacement']);

const powerOf = (histories: readonly HistoryVerdict[], { acked }: Counts): HistoryVerdict['power'] => {
  const names = [...new Set(histories.flatMap(({ power }) => Object.keys(power)))];
  const put = names.map((name) => {
    const all = histories.map(({ power }) => power[name] ?? 0);
    return [name, greatest.has(name) ? Math.max(...all) : sum(all)] as const;
  });
  const { lossRate95: _loss, reorderRate95: _reorder, ...power } = Object.fromEntries(put);
  const pairs = power['orderedPairs'] ?? 0;
  return {
    ...power,
    ...(acked > 0 ? { lossRate95: rate95(acked) } : {}),
    ...(pairs > 0 ? { reorderRate95: rate95(pairs) } : {}),
  };
};

type Whole = { readonly guards: readonly string[]; readonly pairs: number };

const claimOf = (anomaly: AnomalyId, slices: readonly SliceReport[], whole: Whole): Claim => {
  const own = slices.map(({ history }) => history.claims.find((claim) => claim.anomaly === anomaly) as Claim);
  const { verdict, why } = verdictOf(anomaly, own, slices, whole);
  const most = own.reduce((one, other) => (other.found > one.found ? other : one));
  const add = (numbers: readonly number[]): number => (ofTopology.has(anomaly) ? Math.max(...numbers) : sum(numbers));
  return {
    ...most,
    expect: expectOf(own, slices),
    found: add(own.map(({ found }) => found)),
    allowed: add(own.map(({ allowed }) => allowed)),
    verdict,
    why,
  };
};

/**
 * The strictest expectation of the slices: forbidden if the keys of one slice were written serially. Slices without
 * puts do not count.
 */
const expectOf = (own: readonly Claim[], slices: readonly SliceReport[]): Claim['expect'] => {
  const sent = own.filter((_, index) => hasPuts((slices[index] as SliceReport).history));
  const asked = sent.length > 0 ? sent : own;
  return asked.reduce((one, other) => (strictness[other.expect] > strictness[one.expect] ? other : one)).expect;
};

const hasPuts = ({ counts: { acked, info, failed } }: HistoryVerdict): boolean => acked + info + failed > 0;

type Value = Pick<Claim, 'verdict' | 'why'>;

const verdictOf = (
  anomaly: AnomalyId,
  own: readonly Claim[],
  slices: readonly SliceReport[],
  { guards, pairs }: Whole,
): Value => {
  const judged = own.filter(({ verdict }) => verdict !== 'not-applicable');
  const [first = own[0] as Claim] = judged;
  if (judged.length === 0) return first;
  const isShown = own.some(({ found }) => found > 0);
  const violated = judged.find(({ verdict, expect }) => verdict === 'violated' && (expect !== 'find' || !isShown));
  if (violated !== undefined && violated.expect !== 'find') return violated;
  const check: Check = checks[anomaly];
  const [guard] = guards;
  if (guard !== undefined) return { verdict: 'unknown', why: guard };
  if (check.about?.includes('order') === true && pairs === 0)
    return { verdict: 'unknown', why: 'no two comparable records of one key were read' };
  for (const [index, { verdict }] of own.entries()) {
    const reason = verdict === 'unknown' ? slices[index]?.behind[anomaly] : null;
    if (reason !== null) return { verdict: 'unknown', why: reason ?? (own[index] as Claim).why };
  }
  if (violated !== undefined) return violated;
  return { verdict: 'holds', why: (judged.find(({ verdict }) => verdict === 'holds') ?? first).why };
};

/** Violations first. Each finding names its slice, and its lines are those of that slice's history. */
const findingsOf = (anomaly: AnomalyId, slices: readonly SliceReport[]): readonly Finding[] => {
  const all = slices.map(({ history, slice }) =>
    history.findings
      .filter((finding) => finding.anomaly === anomaly)
      .map((finding) => ({ ...finding, evidence: { ...finding.evidence, slice: slice.index } })),
  );
  const found = ofTopology.has(anomaly)
    ? all.reduce((one, other) => (other.length > one.length ? other : one))
    : all.flat();
  return listed(found);
};
