import { corrupt } from './kinds/corrupt.ts';
import { delay } from './kinds/delay.ts';
import { double } from './kinds/double.ts';
import { drop } from './kinds/drop.ts';
import { lose } from './kinds/lose.ts';
import { misroute } from './kinds/misroute.ts';
import { skip } from './kinds/skip.ts';
import { swap } from './kinds/swap.ts';
import type { Mutator } from './mutator.ts';

/** Every kind of mistake, in the order of the reports. */
export const mutators: readonly Mutator[] = [lose, double, swap, delay, corrupt, misroute, drop, skip];
