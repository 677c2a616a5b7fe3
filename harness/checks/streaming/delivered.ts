/** One record as a page delivers it, but for its number. */
export type Delivered = {
  flow: number;
  n: number;
  /** 1: it has a digest, whose halves follow. */
  hasDigest: number;
  high: number;
  low: number;
  /** NaN: not told. */
  arrival: number;
};
