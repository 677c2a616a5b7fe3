/** Interrupted, usage, target, violated, a command that failed, inconclusive: the worst says what to look at first. */
export const worstCode = (codes: readonly number[]): number =>
  [130, 2, 3, 1, 5, 4].find((code) => codes.includes(code)) ?? 0;
