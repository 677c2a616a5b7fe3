/** The first line of a part's sidecar: facts about the full history. */
export type PartHead = {
  readonly format: 'kinesis-order-part';
  readonly version: 1;
  /** The history that was split, by the name that was given. */
  readonly history: string;
  /** The same for all parts of one split. */
  readonly split: string;
  /** From 1. */
  readonly part: number;
  readonly of: number;
  /** The maximum number of calls in flight, over all parts. */
  readonly inFlightMax: number;
  readonly lastT: number | null;
  /** False: the history was cut short. */
  readonly isWhole: boolean;
  readonly numbers: NumbersKind;
  /** Why the parts cannot be judged separately. */
  readonly together?: string;
};

/** Whether shards share sequence numbers. `apart`: no number is in two shards; `ascending`: no acknowledged one is. */
export type NumbersKind = 'apart' | 'ascending' | 'unknown';

export const partName = (part: number, of: number): string => `part-${part}-of-${of}`;
export const partEnding = '.ndjson';
export const linesEnding = '.lines';
export const summaryEnding = '.summary.json';
