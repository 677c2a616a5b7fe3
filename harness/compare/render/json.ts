import { inertText } from '../../report/json-text.ts';
import type { Comparison } from '../result.ts';

/** All measurements. `--baseline` reads this file. */
export const json = (comparison: Comparison): string => inertText(`${JSON.stringify(comparison)}\n`);
