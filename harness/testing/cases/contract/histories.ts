import type { CheckOptions, HistoryLine } from '../../../judging/check-history.ts';
import { edges } from './edges.ts';
import { type Case, lossAndOrderCases } from './loss-and-order-cases.ts';
import { linesOf } from './order-lines.ts';
import { bookmarks } from './reading-bookmarks.ts';
import type { ReadingCase, ReadingCases } from './reading-cases.ts';
import { ends } from './reading-ends.ts';
import { explained as explainedReading } from './reading-explained.ts';
import { iterators } from './reading-iterators.ts';
import { joining } from './reading-joining.ts';
import { pages } from './reading-pages.ts';
import { subjects } from './reading-subjects.ts';
import { views } from './reading-views.ts';
import { edges as shardEdges } from './topology-edges.ts';
import { explained, guards } from './topology-guards.ts';
import { lineages } from './topology-lineage.ts';
import { reversedRanges } from './topology-reversed.ts';
import { routing } from './topology-routing.ts';

const inWords = (history: string | readonly (string | Record<string, unknown>)[], head: Case['head']) => {
  const statements = typeof history === 'string' ? history.split(' | ') : history;
  const isBare = statements[0] === 'bare';
  return linesOf(isBare ? statements.slice(1) : ['topo whole', 'reader final final', ...statements], head);
};

export const orderHistoryOf = ({ history, head }: Case): readonly HistoryLine[] => inWords(history, head);

export const readingHistoryOf = ([history, , head]: ReadingCase): readonly HistoryLine[] => inWords(history, head);

export const readingCases: ReadingCases = {
  ...pages,
  ...joining,
  ...iterators,
  ...views,
  ...bookmarks,
  ...ends,
  ...subjects,
  ...explainedReading,
  ...edges,
};

export type ContractHistory = {
  readonly lines: readonly HistoryLine[];
  readonly options: CheckOptions;
};

/** The histories of all cases, by a name of their own. */
export const contractHistories = (): ReadonlyMap<string, () => ContractHistory> => {
  const made = new Map<string, () => ContractHistory>();
  const add = (group: string, name: string, make: () => ContractHistory): void =>
    void made.set(`${group}: ${name} (${made.size})`, make);
  for (const [group, cases] of Object.entries(lossAndOrderCases))
    for (const [name, one] of Object.entries(cases))
      add(group, name, () => ({ lines: orderHistoryOf(one), options: {} }));
  for (const [group, cases] of Object.entries(readingCases))
    for (const [name, one] of Object.entries(cases))
      add(group, name, () => ({ lines: readingHistoryOf(one), options: {} }));
  for (const [group, cases] of Object.entries({
    routing,
    lineages,
    reversedRanges,
    guards,
    explained,
    shards: shardEdges,
  }))
    for (const one of cases)
      add(group, one.says, () => ({ lines: one.made().end().lines, options: one.options ?? {} }));
  return made;
};
