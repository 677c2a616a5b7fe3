/** The same numbers, with zeros behind them. */
export const enlarged = (from: Int32Array, size: number): Int32Array => {
  const to = new Int32Array(size);
  to.set(from);
  return to;
};
