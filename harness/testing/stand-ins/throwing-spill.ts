import type { Spill } from '../../checks/streaming/spills.ts';

/** Nothing is to be spilled here: what is ends the test, with the reason. */
export const throwingSpill: Spill = (_, why) => {
  throw new Error(why);
};
