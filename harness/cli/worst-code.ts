/** Interrupted, usage, target, violated, inconclusive: the worst says what to look at first. */
export const worstCode = (codes: readonly number[]): number =>
  [130, 2, 3, 1, 4].find((code) => codes.includes(code)) ?? 0;
