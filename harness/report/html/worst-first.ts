import type { IndexItem } from './data.ts';

const worst: readonly IndexItem['state'][] = ['violated', 'failed', 'unknown', 'holds', 'skipped'];

/** The order of the list, with and without a script: what needs attention first. */
export const worstFirst = (a: IndexItem, b: IndexItem): number => worst.indexOf(a.state) - worst.indexOf(b.state);
