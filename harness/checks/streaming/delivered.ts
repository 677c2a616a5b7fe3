/** Stands for the flow of a foreign record. Contract, 9: only its place counts. */
export const foreignFlow = -2;

/**
 * One record as a page delivers it, without its sequence number. For a sent record, `sub` and `arrival` say nothing.
 */
export type Delivered = {
  flow: number;
  n: number;
  /** Its ordinal among the records with its number, see `ordinalOf`. */
  sub: number;
  /** 1: it has a digest, whose halves follow. */
  hasDigest: number;
  high: number;
  low: number;
  /** Unix milliseconds; NaN: absent. */
  arrival: number;
};
