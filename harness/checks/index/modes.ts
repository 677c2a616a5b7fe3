import type { Expect } from '../../model/verdict.ts';
import { doKeysLead } from './routes.ts';
import { isPartial } from './totals.ts';
import type { View } from './view.ts';

/** The produce modes in words, by their numbers. Contract, 3. */
export const modeNames = [
  'not recorded',
  'serial PutRecord, each put naming the last acknowledged number (P1)',
  'serial PutRecord (P2)',
  'PutRecord with overlapping calls (P3)',
  'PutRecords or aggregates (P4)',
  'a flow that spans partition keys or producers',
] as const;

const spanning = 5;

/**
 * The produce mode of a flow: 1 to 4, or 5 for a flow that spans several partition keys or producers, for which the
 * service promises nothing. P2 if puts were not recorded, or if no put had an acknowledged number to name.
 */
export const modeOf = (view: View, flow: number): number => {
  if (!view.hasPuts) return 2;
  const { flowWriters, flowMode } = view.tables;
  const ofWhole = view.totals.partial.get(flow);
  if (ofWhole !== undefined) return ofWhole || 2;
  const [writer = flow, ...others] = flowWriters.get(flow) ?? [];
  return others.length > 0 ? spanning : flowMode.at(writer) || 2;
};

/** P3, P4 and flows that span keys promise no order. */
export const hasOrderOnlyByChance = (view: View, flow: number): boolean => modeOf(view, flow) > 2;

/** True if the service promises an order: keys lead to shards (not AUTO), and the flow was written serially. */
export const isOrderPromised = (view: View, flow: number): boolean =>
  doKeysLead(view) && !hasOrderOnlyByChance(view, flow);

/** What to expect of order in this history: it is forbidden to break it if at least one flow was written serially. */
export const expectByMode = (view: View): { readonly expect: Expect; readonly why: string } => {
  if (!view.hasPuts)
    return {
      expect: 'forbid',
      why: 'puts were not recorded; keys are taken to have been written by serial PutRecord (P2)',
    };
  const modes = modesOf(view);
  const names = modes.map((mode) => modeNames[mode] ?? '');
  const isForbidden = modes.length === 0 || modes.some((mode) => mode <= 2);
  return {
    expect: isForbidden ? 'forbid' : 'allow',
    why: `keys were written by ${names.length === 0 ? 'no put' : names.join('; ')}${isForbidden ? '' : ', which promises no order'}`,
  };
};

/** Ascending. Puts that never had a number to name are serial: P1 if another flow is P1, else P2. */
const modesOf = (view: View): readonly number[] => {
  const modes = new Set(view.totals.modes);
  for (let flow = 0; flow < view.tables.flowPuts.length; flow += 1) {
    if (view.tables.flowPuts.at(flow) > 0 && !isPartial(view, flow)) modes.add(view.tables.flowMode.at(flow));
  }
  if (modes.delete(0) && !modes.has(1)) modes.add(2);
  for (const writers of view.tables.flowWriters.values()) if (writers.size > 1) modes.add(spanning);
  return [...modes].sort((a, b) => a - b);
};

type Usual = { readonly expect: Expect; readonly why: string };

/**
 * True if the question is whether each key's order reaches its readers. Then breaking it is forbidden in every mode.
 */
export const isPipeline = (view: View): boolean => view.tables.question === 'pipeline';

/** The default expectation for the order of keys. */
export const expectOfOrder = (view: View): Usual =>
  isPipeline(view)
    ? { expect: 'forbid', why: "the question is whether each key's order reaches its readers (pipeline)" }
    : expectByMode(view);
