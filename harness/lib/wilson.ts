/** z for 95 %. */
const z = 1.959963984540054;

/**
 * The 95 % interval of a share that was seen `hits` times in `runs`. Source: E. B. Wilson, "Probable inference, the
 * law of succession, and statistical inference", 1927.
 */
export const wilson = (hits: number, runs: number): readonly [low: number, high: number] => {
  if (runs === 0) return [0, 1];
  const share = hits / runs;
  const spread = z * Math.sqrt((share * (1 - share)) / runs + (z * z) / (4 * runs * runs));
  const middle = share + (z * z) / (2 * runs);
  const whole = 1 + (z * z) / runs;
  return [Math.max(0, (middle - spread) / whole), Math.min(1, (middle + spread) / whole)];
};

/** `violated in 3 of 20 runs: 15 % (95 % interval 5 to 36 %)`. */
export const rateWords = (what: string, hits: number, runs: number): string => {
  const percent = (share: number): string => String(Math.round(share * 100));
  const [low, high] = wilson(hits, runs);
  const share = runs === 0 ? 0 : hits / runs;
  return `${what} in ${hits} of ${runs} ${runs === 1 ? 'run' : 'runs'}: ${percent(share)} % (95 % interval ${percent(low)} to ${percent(high)} %)`;
};
