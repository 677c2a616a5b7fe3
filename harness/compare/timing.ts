/**
 * The times of one record of the application, in microseconds of its history. `due` is its time on the schedule;
 * without a schedule, when its first call was sent.
 */
export type Timing = {
  readonly due: number;
  /** When its first call was sent. */
  readonly sent: number;
  /** When it was first acknowledged; undefined if it never was. */
  readonly acked: number | undefined;
  /** When a live reader first received it; undefined if none did. */
  readonly delivered: number | undefined;
};

/** The figures of one history that a table needs. None depends on the engine. */
export type Measured = {
  readonly timings: readonly Timing[];
  /** PutRecord and PutRecords calls, repeated ones included. */
  readonly calls: number;
  /** User records that were acknowledged. Each counts once, however many copies of it were stored. */
  readonly stored: number;
  /** Kinesis records that the service took, copies included. */
  readonly kinesisRecords: number;
  readonly units: number;
  readonly onDemandKb: number;
  /** Records that the producer received and never sent, with no later record of their key. */
  readonly unsent: number;
};
