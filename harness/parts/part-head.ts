/** What the sidecar of a part says first, before the lines: what is known of the whole history alone. */
export type PartHead = {
  readonly format: 'kinesis-order-part';
  readonly version: 1;
  /** The history that was split, as it was named. */
  readonly history: string;
  /** The same for all parts of one splitting. */
  readonly split: string;
  /** From 1. */
  readonly part: number;
  readonly of: number;
  /** Calls under way at a time, over all parts. */
  readonly inFlightMax: number;
  readonly lastT: number | null;
  /** False: the history was cut short. */
  readonly isWhole: boolean;
  readonly numbers: NumbersKind;
  /** Why no part can be judged alone. */
  readonly together?: string;
};

/** How sequence numbers tell their shards: they share none; none that was acknowledged; or nobody knows. */
export type NumbersKind = 'apart' | 'ascending' | 'unknown';

export const partName = (part: number, of: number): string => `part-${part}-of-${of}`;
export const partEnding = '.ndjson';
export const linesEnding = '.lines';
export const summaryEnding = '.summary.json';
