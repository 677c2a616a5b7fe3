import type { AnomalyId } from './anomaly.ts';

/** By anomaly: what allows it, if that is not the command line itself: a baseline, with its ticket and last day. */
export type Because = Readonly<Partial<Record<AnomalyId, string>>>;

/** By anomaly: what a baseline accepted until a day that is over. */
export type Expired = Readonly<Partial<Record<AnomalyId, { readonly until: string; readonly why: string }>>>;

/** What is judged. service: what AWS documents, by produce mode. pipeline: that each key's order reaches readers. */
export const questions = ['service', 'pipeline'] as const;
export type Question = (typeof questions)[number];

/** Lists that override the default expectations, in a scenario, in the configuration and on the command line. */
export const expectLists = ['forbid', 'allow', 'find', 'ignore'] as const;
export type Expectations = { readonly [list in (typeof expectLists)[number]]?: readonly AnomalyId[] };

/** Both together; where they name the same anomaly, `over` wins. */
export const overridden = (base: Expectations = {}, over: Expectations = {}): Expectations => {
  const said = new Set(expectLists.flatMap((list) => over[list] ?? []));
  const lists = expectLists.map((list) => {
    const kept = (base[list] ?? []).filter((id) => !said.has(id));
    return [list, [...kept, ...(over[list] ?? [])]] as const;
  });
  return Object.fromEntries(lists.filter(([, ids]) => ids.length > 0));
};
