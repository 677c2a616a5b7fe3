/**
 * How surely a history that holds would have shown one mistake more: mistakes were put into copies of it, one each,
 * and judged. Told of a history; the verdict never depends on it.
 */
export type Detection = {
  /** Chooses the places; the same history and budget give the same result. */
  readonly seed: string;
  /** Acknowledged records that mistakes could be put into. */
  readonly records: number;
  readonly kinds: readonly DetectionOfKind[];
  /** What no mistake in this history could show. One clause each. */
  readonly blind: readonly string[];
};

export type DetectionOfKind = {
  /** `lose`, `swap`, …: docs/detection.md. */
  readonly kind: string;
  /** Goes on from "had one record been …". */
  readonly words: string;
  /** Where the history has room for it. */
  readonly places: number;
  /** At so many of them it was tried. */
  readonly tried: number;
  /** The verdict was violated, by a claim that is about this kind. */
  readonly detected: number;
  /** Not detected, though a claim found something: it is allowed. */
  readonly allowed: number;
  /** Of the share of `detected`, 95 %, Wilson; from 0 to 1. */
  readonly interval: readonly [low: number, high: number];
};

/** Not measured, and why. */
export type NoDetection = { readonly skipped: string };
