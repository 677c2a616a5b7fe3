import { HarnessError } from '../lib/error.ts';

/** Fewer falling times may be chance, or one reader that was behind. */
const stepsMin = 8;

/**
 * Throws if a file begins with its newest line, as exports of CloudWatch Logs Insights and many consoles do. It would
 * show a consumer that handled everything in reverse.
 */
export const assertOldestFirst = (name: string, times: readonly (number | undefined)[]): void => {
  const known = times.filter((time) => time !== undefined);
  const steps = known.slice(1).map((time, index) => Math.sign(time - (known[index] as number)));
  const falling = steps.filter((step) => step < 0).length;
  const rising = steps.filter((step) => step > 0).length;
  if (falling < stepsMin || falling < 9 * rising) return;
  throw new HarnessError(
    'usage',
    `${name} begins with its newest line: ${falling} of its first times fall, ${rising} rise`,
    {
      hint: `the order of its lines is taken for the order of handling: sort it by time, oldest first (tac ${name} > oldest-first turns lines round)`,
    },
  );
};
