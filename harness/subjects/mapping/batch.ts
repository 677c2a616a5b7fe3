/** A record on its way to the handler, with the fields that batches need. */
export type Queued = {
  readonly seq: string;
  /**
   * ApproximateArrivalTimestamp, Unix milliseconds. undefined if the engine does not report it: then the record is
   * never too old.
   */
  readonly arrival?: number | undefined;
  /** The size of the record in the event, in bytes. */
  readonly bytes: number;
};

/** The batch of one invocation. `retries`: how many times exactly this batch was sent again. */
export type Batch<R extends Queued> = { readonly records: readonly R[]; readonly retries: number };

/**
 * How a mapping forms batches and handles failures, in the terms of Lambda's parameters. Source:
 * docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html and API_CreateEventSourceMapping.
 */
export type Policy = {
  /** BatchSize. */
  readonly batchSize: number;
  /**
   * MaximumRetryAttempts, the first attempt not counted; −1: "failed records are retried until the record expires",
   * here until the run's deadline.
   */
  readonly retries: number;
  /** BisectBatchOnFunctionError. */
  readonly bisect: boolean;
  /**
   * ReportBatchItemFailures. "These responses will not be processed by Lambda unless the feature is explicitly turned
   * on".
   */
  readonly partialBatchResponse: boolean;
  /** MaximumRecordAgeInSeconds, in milliseconds; −1: "infinite: Lambda doesn't discard records". */
  readonly maxAgeMs: number;
};

/** The `condition` that Lambda writes for an on-failure destination. */
export type DiscardReason = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
