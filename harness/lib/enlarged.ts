type Numbers = Int32Array | Float64Array | Uint8Array;

/** The same numbers in a longer array of the same kind, with zeros behind them. */
export const enlarged = <A extends Numbers>(from: A, size: number): A => {
  const to = new (from.constructor as new (length: number) => A)(size);
  to.set(from);
  return to;
};
