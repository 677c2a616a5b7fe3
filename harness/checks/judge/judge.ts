import { messageOf } from '../../lib/error.ts';
import { type AnomalyId, anomalyIds } from '../../model/anomaly.ts';
import type { Deviation } from '../../model/event.ts';
import type { Expect } from '../../model/verdict.ts';
import { checks } from '../catalogue/registry.ts';
import { type Check, type Found, isAboutKeys } from '../check.ts';
import { isPipeline } from '../index/modes.ts';
import { doKeysLead } from '../index/routes.ts';
import type { View } from '../index/view.ts';
import { isDump } from '../index/without-subjects.ts';
import { deviationOf, expectationsOf, type Said, skippedBecause, strictness } from './expectations.ts';
import { explanations, tokensOf } from './explanations.ts';
import type { JudgeOptions } from './options.ts';

export type Judged = {
  readonly found: Found;
  expect: Expect;
  readonly deviation: Deviation | undefined;
  explainedBy: AnomalyId | null;
};

export type CheckRun = {
  readonly id: AnomalyId;
  readonly check: Check;
  /** What is expected of findings that do not say otherwise. */
  readonly expect: Expect;
  readonly why: string;
  /** The scenario or the caller states the expectation. It overrides what findings say of themselves. */
  readonly isOverridden: boolean;
  readonly skipped: string | undefined;
  /** The message of a check that threw. */
  readonly crashed: string | undefined;
  /** What the check says beside its findings. */
  readonly note: string | undefined;
  readonly findings: readonly Judged[];
};

/**
 * Runs every check, or those that are named, each for itself: one that throws is unknown, and never takes the verdict
 * of the others with it.
 */
export const runChecks = (
  view: View,
  options: JudgeOptions,
  ids: readonly AnomalyId[] = anomalyIds,
): readonly CheckRun[] => {
  const said = expectationsOf(view.tables.head, options);
  const deviations = options.strict === true ? [] : (view.tables.head?.target?.deviations ?? []);
  const runs = ids.map((id) => runCheck(view, id, { said: said.get(id), deviations, options }));
  explain(runs);
  return runs;
};

type Context = {
  readonly said: Said | undefined;
  readonly deviations: readonly Deviation[];
  readonly options: JudgeOptions;
};

const runCheck = (view: View, id: AnomalyId, { said, deviations, options }: Context): CheckRun => {
  const check: Check = checks[id];
  const skipped = skippedBecause(said, id, options);
  const isOverridden = said !== undefined;
  const base = { id, check, isOverridden, skipped };
  try {
    const usual = check.why?.(view) ?? { expect: check.expect, why: whyUsual[check.expect] };
    const expect = said?.expect ?? usual.expect;
    const why = said === undefined ? usual.why : `${said.by} says ${said.expect}`;
    const findings: Judged[] = [];
    if (skipped === undefined) {
      for (const found of isVoid(view, check) ? [] : check.find(view)) {
        const own = isOverridden ? expect : expectedOf(view, check, found);
        const deviation = own === 'forbid' || own === 'allow' ? deviationOf(deviations, id, found) : undefined;
        findings.push({ found, expect: deviation === undefined ? own : 'allow', deviation, explainedBy: null });
      }
    }
    const note = skipped === undefined ? check.note?.(view) : undefined;
    return { ...base, expect, why, crashed: undefined, note, findings };
  } catch (thrown) {
    return {
      ...base,
      expect: said?.expect ?? check.expect,
      why: 'the check crashed',
      crashed: messageOf(thrown),
      note: undefined,
      findings: [],
    };
  }
};

/**
 * True if a claim about reading is void: in a dump, only consumers under test read, and what they got proves nothing
 * about the service. Contract, rule 14.
 */
export const isVoid = (view: View, { about }: Check): boolean =>
  about?.includes('reading') === true && isDump(view.tables);

/**
 * If the stream distributes records by itself (AUTO), keys promise nothing: findings about keys are allowed. With the
 * question `pipeline`, claims about the arrival of an order stay forbidden. Contract, `question`.
 */
const expectedOf = (view: View, check: Check, found: Found): Expect => {
  const own = found.expect ?? check.expect;
  const isVoidHere = isAboutKeys(check) && !doKeysLead(view) && !isAsked(view, check);
  return own === 'forbid' && isVoidHere ? 'allow' : own;
};

const isAsked = (view: View, { about }: Check): boolean => isPipeline(view) && about?.includes('arrival') === true;

const whyUsual: Readonly<Record<Expect, string>> = {
  forbid: 'forbidden by default',
  allow: 'allowed by default',
  report: 'reported only',
  find: 'to be found',
  ignore: 'ignored',
};

/** One cause, one finding: only one that is at least as strict may explain another. */
const explain = (runs: readonly CheckRun[]): void => {
  const byId = new Map(runs.map((run) => [run.id, run]));
  for (const { explains, explained, by, when, which, lends } of explanations) {
    const isLent = lends === true && byId.get(explained)?.isOverridden === false;
    const left = byId.get(explains)?.findings.filter(({ found }) => when?.(found) ?? true) ?? [];
    const right = byId.get(explained)?.findings.filter(({ found }) => which?.(found) ?? true) ?? [];
    if (left.length === 0 || right.length === 0) continue;
    for (const link of by) {
      const strongest = new Map<number | string, number>();
      for (const { found, expect } of left) {
        for (const token of tokensOf(found, link))
          strongest.set(token, Math.max(strongest.get(token) ?? 0, strictness[expect]));
      }
      for (const judged of right) {
        if (judged.explainedBy !== null) continue;
        const strength = Math.max(-1, ...tokensOf(judged.found, link).map((token) => strongest.get(token) ?? -1));
        if (isLent && judged.expect === 'forbid' && strength === strictness.allow) judged.expect = 'allow';
        if (strength >= strictness[judged.expect]) judged.explainedBy = explains;
      }
    }
  }
};
