import type { Comparison } from '../result.ts';

/** All that was measured: what `--baseline` reads. */
export const json = (comparison: Comparison): string => `${JSON.stringify(comparison)}\n`;
