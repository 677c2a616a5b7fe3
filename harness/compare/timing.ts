/**
 * What one record of the application met, in microseconds of its history. `due` is when the schedule wanted it sent,
 * whatever the answers did; of a put without a schedule, when its first call left.
 */
export type Timing = {
  readonly due: number;
  /** When its first call left. */
  readonly sent: number;
  /** When it was first acknowledged; undefined: never. */
  readonly acked: number | undefined;
  /** When a live reader was first given it. */
  readonly delivered: number | undefined;
};

/** All that a table needs of one history, and nothing of the engine. */
export type Measured = {
  readonly timings: readonly Timing[];
  /** PutRecord and PutRecords calls, repeated ones too. */
  readonly calls: number;
  /** User records that an answer said were stored, copies too. */
  readonly stored: number;
  readonly kinesisRecords: number;
  readonly units: number;
  readonly onDemandKb: number;
  /** Records that were handed over and never sent, and of which no later record of their key tells. */
  readonly unsent: number;
};
