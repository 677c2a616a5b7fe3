import { z } from 'zod';

const seconds = (max: number) => z.number().min(0).max(max);

/**
 * What an event source mapping of Lambda is told, under the names of its parameters without the words around them;
 * the ranges are Lambda's. Source: docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html.
 */
export const mappingOptions = z.strictObject({
  /**
   * `./fn.mjs#handler`: a file, relative to the scenario's, and what it exports (`handler` where nothing is said); or
   * a program that answers events line by line.
   */
  handler: z.union([
    z.string().min(1),
    z.strictObject({
      command: z.tuple([z.string().min(1)], z.string()),
      /** Where it is started: in the scenario's folder, where nothing is said. */
      cwd: z.string().optional(),
    }),
  ]),
  /** BatchSize. */
  batchSize: z.int().min(1).max(10_000).default(100),
  /** MaximumBatchingWindowInSeconds. */
  batchWindow: seconds(300).default(0),
  /** MaximumRetryAttempts; -1: until the run's own deadline. */
  retries: z.int().min(-1).max(10_000).default(-1),
  /** BisectBatchOnFunctionError. */
  bisect: z.boolean().default(false),
  /** FunctionResponseTypes: ReportBatchItemFailures. */
  partialBatchResponse: z.boolean().default(false),
  parallelizationFactor: z.int().min(1).max(10).default(1),
  /** MaximumRecordAgeInSeconds; -1: none. Lambda takes 60 at least; a test need not wait that long. */
  maxRecordAge: z.union([z.literal(-1), seconds(604_800)]).default(-1),
  /** The name of the OnFailure destination. Left out: what is discarded is lost. */
  onFailure: z.string().min(1).max(200).optional(),
  startingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).default('TRIM_HORIZON'),
  /** The function's own Timeout, milliseconds: 3 s unless it is set. */
  timeoutMs: z.int().min(1).max(900_000).default(3000),
  /** Pause behind a page without records, milliseconds. Lambda polls once a second. */
  pollMs: z.int().min(0).max(60_000).default(20),
  /** For it to handle all that was stored once load is over, milliseconds. */
  doneMs: z.int().min(1).max(86_400_000).default(60_000),
  /** Environment variables of the function. */
  env: z.record(z.string(), z.string()).default({}),
});

export type MappingOptions = z.infer<typeof mappingOptions>;
