import { isViolation } from '../../model/verdict.ts';

/** At most so many findings of a claim are listed. */
export const listedMax = 20;

/** Violations first, so that a flood of allowed findings never hides one. */
export const listed = <T extends Parameters<typeof isViolation>[0]>(findings: readonly T[]): readonly T[] =>
  [...findings.filter(isViolation), ...findings.filter((finding) => !isViolation(finding))].slice(0, listedMax);
