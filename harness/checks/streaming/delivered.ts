/** In place of the flow of a record: others wrote it, on a shared stream. Contract, 9: only its place counts. */
export const foreignFlow = -2;

/** One record as a page delivers it, but for its number. Of one that is sent, `sub` and `arrival` say nothing. */
export type Delivered = {
  flow: number;
  n: number;
  /** Which of the records at its number it is, see `orderOfSubs`. */
  sub: number;
  /** 1: it has a digest, whose halves follow. */
  hasDigest: number;
  high: number;
  low: number;
  /** NaN: not told. */
  arrival: number;
};
