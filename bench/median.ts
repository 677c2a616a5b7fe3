import { median as middle } from '../harness/lib/median.ts';

export const median = (values: readonly number[]): number => middle(values) ?? Number.NaN;
