/**
 * How surely a history that holds would have shown one more mistake: mistakes were put into copies of it, one each,
 * and judged. It is reported with the history; the verdict never depends on it.
 */
export type Detection = {
  /** Chooses the places; the same history and budget give the same result. */
  readonly seed: string;
  /** Acknowledged records that mistakes could be put into. */
  readonly records: number;
  readonly kinds: readonly DetectionOfKind[];
  /** What no mistake in this history could show, one clause each. */
  readonly blind: readonly string[];
};

export type DetectionOfKind = {
  /** `lose`, `swap`, …: docs/detection.md. */
  readonly kind: string;
  /** Completes the sentence "had one record been …". */
  readonly words: string;
  /** How many places the history has for this mistake. */
  readonly places: number;
  /** At how many of these places it was tried. */
  readonly tried: number;
  /** How many tries a claim about this kind found as a violation. */
  readonly detected: number;
  /** How many tries were not detected, though a claim had findings: these are allowed. */
  readonly allowed: number;
  /** The 95 % Wilson interval of the share of `detected`, from 0 to 1. */
  readonly interval: readonly [low: number, high: number];
};

/** Detection power was not measured; `skipped` says why. */
export type NoDetection = { readonly skipped: string };
