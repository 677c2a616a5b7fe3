import { checks } from '../checks/catalogue/registry.ts';
import { type Check, isAboutKeys } from '../checks/check.ts';
import { apply } from '../checks/index/apply.ts';
import { applyColumns } from '../checks/index/apply-columns.ts';
import { doKeysLead } from '../checks/index/routes.ts';
import { Tables } from '../checks/index/tables.ts';
import { type View, viewOf } from '../checks/index/view.ts';
import { guardsOf, undoneOf, untestedBecause } from '../checks/judge/guards.ts';
import type { JudgeOptions } from '../checks/judge/options.ts';
import { readHistory } from '../history/read-history.ts';
import { HarnessError } from '../lib/error.ts';
import type { AnomalyId } from '../model/anomaly.ts';
import type { Head } from '../model/event.ts';
import type { Slice } from '../model/slice.ts';
import type { Claim, HistoryVerdict } from '../model/verdict.ts';
import { SliceFacts, type SliceFactsFound } from './slice-facts.ts';

/** The report of one slice of a run: its verdict, and the facts that the merged verdict needs. */
export type SliceReport = SliceFactsFound & {
  readonly format: 'kinesis-order-slice';
  readonly version: 2;
  readonly slice: Slice;
  readonly scenario: string;
  /** A digest of what must be the same in all slices: the seed, the version, the rules. */
  readonly same: string;
  readonly history: HistoryVerdict;
  /** Why claims of this slice alone would be unknown. The other slices may make up for it. */
  readonly guards: readonly string[];
  /**
   * For claims that are unknown only because of `guards`: the verdict's reason without the guards; null if they would
   * hold.
   */
  readonly behind: Readonly<Partial<Record<AnomalyId, string | null>>>;
};

export const sliceEnding = /\.slice-(\d+)-of-(\d+)\.json$/;
export const sliceFile = (history: string, { index, count }: Slice): string =>
  `${history.replace(/\.ndjson$/, '')}.slice-${index}-of-${count}.json`;

/** Reads the history of a slice again, for the facts that its verdict does not have. */
export const sliceReportOf = async (
  path: string,
  history: HistoryVerdict,
  { strict, question, expect }: JudgeOptions,
): Promise<SliceReport> => {
  const facts = new SliceFacts();
  await readHistory(path, (event) => facts.event(event), { onHot: (hot) => facts.hot(hot) });
  const { head } = facts;
  if (head?.slice === undefined)
    throw new HarnessError('usage', `${path} is not the history of a slice`, { hint: 'run --shard i/n writes one' });
  const masked = await maskedIn(path, history, question);
  return {
    format: 'kinesis-order-slice',
    version: 2,
    slice: head.slice,
    scenario: nameOf(head),
    same: JSON.stringify({ seed: head.seed, by: head.versions?.['kinesis-order'], strict, question, expect }),
    history,
    ...masked,
    ...facts.found(),
  };
};

const nameOf = ({ scenario }: Head): string => {
  const name = scenario?.['name'];
  return typeof name === 'string' ? name : '';
};

type Masked = Pick<SliceReport, 'guards' | 'behind'>;

/** What other slices may make up for. Judges the history again, in memory, but only if a claim is unknown. */
const maskedIn = async (path: string, history: HistoryVerdict, question: JudgeOptions['question']): Promise<Masked> => {
  const unknown = history.claims.filter(({ verdict }) => verdict === 'unknown');
  if (unknown.length === 0) return { guards: history.unknown, behind: {} };
  const tables = new Tables();
  tables.asked = question;
  const isWhole = await readHistory(path, (event, line) => apply(tables, event, line), {
    onHot: (hot, line) => applyColumns(tables, hot, line),
  });
  if (!isWhole) tables.end = undefined;
  const view = viewOf(tables);
  const undone = new Set([...(view.hasPages ? undoneOf(view) : []), untestedBecause(view)]);
  // Other slices cannot make up for other reasons: a check that crashed, or pages that were not recorded.
  const behind = ({ anomaly, why }: Claim): string | null => (undone.has(why) ? reasonOf(view, checks[anomaly]) : why);
  return {
    guards: guardsOf(view),
    behind: Object.fromEntries(unknown.map((claim) => [claim.anomaly, behind(claim)])),
  };
};

/**
 * Why a claim is unknown, apart from untested keys: whether two records of a key were read is decided over all slices.
 */
const reasonOf = (view: View, check: Check): string | null => {
  if (isAboutKeys(check) && !doKeysLead(view)) return 'the stream distributes records by itself';
  return check.unknown?.(view) ?? null;
};
