import type { AnomalyId } from '../../model/anomaly.ts';
import {
  type Claim,
  type ClaimVerdict,
  type Finding,
  type HistoryVerdict,
  isViolation,
  mergeVerdicts,
} from '../../model/verdict.ts';
import { cutNumbers } from '../catalogue/cut-numbers.ts';
import { inOrder } from '../catalogue/phrases.ts';
import { orderKeptOf } from '../index/order-kept.ts';
import type { View } from '../index/view.ts';
import { aloudOf, countOf } from './aloud.ts';
import { countsOf, powerOf } from './counts.ts';
import { guardsOf, unknownFor } from './guards.ts';
import { importWords } from './import-words.ts';
import { type CheckRun, isVoid, type Judged, runChecks } from './judge.ts';
import { listed } from './listed.ts';
import { nearOf } from './near.ts';
import type { JudgeOptions } from './options.ts';
import { subjectVerdictsOf, subjectWords } from './subject-verdicts.ts';

/** The verdict on one history: a line for every anomaly of the catalogue, the findings, what was counted. */
export const conclude = (view: View, path: string, options: JudgeOptions): HistoryVerdict => {
  const runs = runChecks(view, options);
  const guards = guardsOf(view);
  const unknown = new Map<AnomalyId, string>();
  const claims = runs.map((run) => claimOf(view, run, guards, unknown));
  const nothing = claims.every(({ verdict }) => verdict === 'not-applicable') ? [nothingJudged] : [];
  const reasons = [...guards, ...nothing];
  const subjects = subjectVerdictsOf(view);
  return {
    path,
    run: view.tables.head?.run ?? '',
    verdict: mergeVerdicts([...claims.map((claim) => claim.verdict), ...reasons.map(() => 'unknown' as const)]),
    complete: view.tables.end?.reason === 'completed',
    unknown: [...reasons, ...[...unknown].map(([id, reason]) => `${id}: ${reason}`)],
    claims,
    findings: runs.flatMap((run) => listed(run.findings).map((judged) => findingOf(view, run, judged))),
    counts: countsOf(view),
    order: orderKeptOf(view).order,
    power: powerOf(view),
    subjects,
    aloud: [
      ...importWords(view),
      ...subjects.map(subjectWords),
      ...runs.flatMap((run, index) => aloudOf(run, claims[index]?.verdict ?? 'unknown')),
    ],
  };
};

/** Contract, rule 24: a verdict for which no claim was judged is not `holds`. */
const nothingJudged = 'no claim was judged: each of them is left out or not applicable';

const claimOf = (view: View, run: CheckRun, guards: readonly string[], unknown: Map<AnomalyId, string>): Claim => {
  const allowed = run.findings.filter(({ expect }) => expect === 'allow' || expect === 'find');
  const { verdict, why } = verdictOf(view, run, guards);
  if (verdict === 'unknown' && !guards.includes(why)) unknown.set(run.id, why);
  return {
    anomaly: run.id,
    expect: run.expect,
    verdict,
    found: countOf(run.findings),
    allowed: countOf(allowed),
    why,
    source: run.check.source,
  };
};

type Value = { readonly verdict: ClaimVerdict; readonly why: string };

const verdictOf = (view: View, run: CheckRun, guards: readonly string[]): Value => {
  if (run.skipped !== undefined) return { verdict: 'not-applicable', why: run.skipped };
  if (run.crashed !== undefined) return { verdict: 'unknown', why: `the check crashed: ${run.crashed}` };
  if (run.findings.some(isViolation)) return { verdict: 'violated', why: run.why };
  const notApplicable = run.findings.length > 0 ? undefined : notApplicableTo(view, run);
  if (notApplicable !== undefined && run.expect !== 'find') return { verdict: 'not-applicable', why: notApplicable };
  const [guard] = guards;
  const reason = guard ?? unknownFor(view, run.check);
  if (reason !== undefined) return { verdict: 'unknown', why: reason };
  if (run.expect === 'find' && run.findings.length === 0) {
    return { verdict: 'violated', why: 'the scenario says find, and it did not show up: the bug was not reproduced' };
  }
  return { verdict: 'holds', why: run.why };
};

const notApplicableTo = (view: View, { check }: CheckRun): string | undefined =>
  isVoid(view, check) ? 'only consumers under test read: it says nothing of them' : check.notApplicable?.(view);

const findingOf = (view: View, { id }: CheckRun, { found, expect, deviation, explainedBy }: Judged): Finding => {
  const { sentence, evidence, witness } = found.tell();
  const { records } = view.tables;
  const flow = found.flow;
  const record = found.records?.[0];
  const producer =
    found.producer !== undefined
      ? records.producers.name(found.producer)
      : flow !== undefined
        ? records.producers.name(records.flowProducer.at(flow))
        : record === undefined
          ? ''
          : records.producerName(record);
  const key = found.key ?? (flow === undefined ? undefined : records.flowKey.at(flow));
  return {
    anomaly: id,
    kind: found.kind,
    expect,
    // Without puts it is unknown whose fault it is. Contract, rule 21.
    blame: deviation !== undefined ? 'target-deviation' : view.hasPuts ? found.blame : null,
    producer: producer === '' ? null : producer,
    key: key === undefined ? (record === undefined ? null : records.keyName(record)) : records.keys.name(key),
    shards: [...new Set(found.shards ?? [])]
      .filter((shard) => shard >= 0)
      .map((shard) => view.tables.shards.name(shard)),
    sentence: cutNumbers(sentence),
    evidence: deviation === undefined ? evidence : { ...evidence, deviation: deviation.id },
    witness: inOrder(witness),
    near: nearOf(view, found),
    explainedBy,
  };
};
