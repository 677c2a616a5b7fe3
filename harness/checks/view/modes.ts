import type { Expect } from '../../model/verdict.ts';
import type { View } from './view.ts';

/** How a flow was written, weakest put first. Contract, 3. */
export const modeNames = [
  'not recorded',
  'serial PutRecord, each put naming the last acknowledged number (P1)',
  'serial PutRecord (P2)',
  'PutRecord with overlapping calls (P3)',
  'PutRecords or aggregates (P4)',
] as const;

/** 1 to 4. Without puts nothing is known, and the flow is held to P2; so is one whose puts never had a number to go after. */
export const modeOf = (view: View, flow: number): number => (view.hasPuts && view.tables.flowMode.at(flow)) || 2;

/** P3 and P4 promise no order. */
export const hasOrderOnlyByChance = (view: View, flow: number): boolean => modeOf(view, flow) > 2;

/** What the flows of this history let one expect of order: forbidden where at least one of them was written serially. */
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

/** Ascending. Puts that never had a number to go after are serial, in whatever way the others of the history were. */
const modesOf = (view: View): readonly number[] => {
  const modes = new Set<number>();
  for (let flow = 0; flow < view.tables.flowPuts.length; flow += 1) {
    if (view.tables.flowPuts.at(flow) > 0) modes.add(view.tables.flowMode.at(flow));
  }
  if (modes.delete(0) && !modes.has(1)) modes.add(2);
  return [...modes].sort((a, b) => a - b);
};
