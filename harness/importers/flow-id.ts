import type { ReadFact } from './fact.ts';

/** What is in order by itself: a flow or a key, as one application received it. */
export const flowId = ({ reader = '', key = '', flow = key }: ReadFact): string =>
  reader === '' ? flow : `${reader}\n${flow}`;
