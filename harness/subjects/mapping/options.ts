import { z } from 'zod';

const seconds = (max: number) => z.number().min(0).max(max);

/**
 * Parameters of a Lambda event source mapping, with their names shortened; the ranges are Lambda's.
 * Source: docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html.
 */
export const mappingOptions = z.strictObject({
  /**
   * `./fn.mjs#handler`: a file, relative to the scenario file, and its export (default `handler`). Or a program that
   * reads one JSON event a line and answers each with a line.
   */
  handler: z.union([
    z.string().min(1),
    z.strictObject({
      command: z.tuple([z.string().min(1)], z.string()),
      /** Working directory. Default: the scenario's folder. */
      cwd: z.string().optional(),
    }),
  ]),
  /** BatchSize. Default 100. */
  batchSize: z.int().min(1).max(10_000).default(100),
  /** MaximumBatchingWindowInSeconds. Default 0. */
  batchWindow: seconds(300).default(0),
  /** MaximumRetryAttempts. Default -1: until the run's own deadline. */
  retries: z.int().min(-1).max(10_000).default(-1),
  /** BisectBatchOnFunctionError. Default false. */
  bisect: z.boolean().default(false),
  /** FunctionResponseTypes: ReportBatchItemFailures. Default false. */
  partialBatchResponse: z.boolean().default(false),
  /** ParallelizationFactor. Default 1. */
  parallelizationFactor: z.int().min(1).max(10).default(1),
  /** MaximumRecordAgeInSeconds. Default -1: any age. Lambda demands at least 60; a test may be shorter. */
  maxRecordAge: z.union([z.literal(-1), seconds(604_800)]).default(-1),
  /** Name of the OnFailure destination. Default: none, and discarded records are lost. */
  onFailure: z.string().min(1).max(200).optional(),
  /** StartingPosition. Default TRIM_HORIZON. */
  startingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).default('TRIM_HORIZON'),
  /** Timeout of the function, in milliseconds. Default 3000. */
  timeoutMs: z.int().min(1).max(900_000).default(3000),
  /** Pause after a page without records, in milliseconds. Default 20; Lambda polls once a second. */
  pollMs: z.int().min(0).max(60_000).default(20),
  /** How long it may take after the load to handle all that was stored, in milliseconds. Default 60000. */
  doneMs: z.int().min(1).max(86_400_000).default(60_000),
  /** Environment variables of the function. */
  env: z.record(z.string(), z.string()).default({}),
});

export type MappingOptions = z.infer<typeof mappingOptions>;
