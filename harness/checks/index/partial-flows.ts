import type { View } from './view.ts';

const told = new WeakMap<View, ReadonlySet<number>>();

/** From whoever followed the history, and kept single records of a flow that is whole: no number of it is missing. */
export const tellPartialFlows = (view: View, flows: ReadonlySet<number>): void => {
  told.set(view, flows);
};

/** Are some of its records left out of the view? */
export const isPartial = (view: View, flow: number): boolean => told.get(view)?.has(flow) === true;
