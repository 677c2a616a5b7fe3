import {
  type $Command,
  AddTagsToStreamCommand,
  CreateStreamCommand,
  DecreaseStreamRetentionPeriodCommand,
  DeleteStreamCommand,
  DeregisterStreamConsumerCommand,
  DescribeLimitsCommand,
  DescribeStreamCommand,
  DescribeStreamConsumerCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  IncreaseStreamRetentionPeriodCommand,
  KinesisClient,
  KinesisServiceException,
  ListShardsCommand,
  ListStreamConsumersCommand,
  ListStreamsCommand,
  ListTagsForStreamCommand,
  MergeShardsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  RegisterStreamConsumerCommand,
  RemoveTagsFromStreamCommand,
  SplitShardCommand,
  StartStreamEncryptionCommand,
  SubscribeToShardCommand,
  UpdateMaxRecordSizeCommand,
  UpdateShardCountCommand,
  UpdateStreamModeCommand,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { linkedSignal } from '../lib/linked-signal.ts';
import { visible } from '../lib/visible.ts';
import type { ClientOptions } from './kinesis.ts';
import { errorNameOf, wordsOf } from './put-outcome.ts';

/**
 * The API without interpretation, for probes that test an engine against AWS's documentation. It makes one call,
 * without retry, and returns any answer as a value. Inputs are loose on purpose (a key may be missing, a value may be
 * wrong), because a probe has to send calls that AWS refuses.
 */
const commands = {
  AddTagsToStream: AddTagsToStreamCommand,
  CreateStream: CreateStreamCommand,
  DecreaseStreamRetentionPeriod: DecreaseStreamRetentionPeriodCommand,
  DeleteStream: DeleteStreamCommand,
  DeregisterStreamConsumer: DeregisterStreamConsumerCommand,
  DescribeLimits: DescribeLimitsCommand,
  DescribeStream: DescribeStreamCommand,
  DescribeStreamConsumer: DescribeStreamConsumerCommand,
  DescribeStreamSummary: DescribeStreamSummaryCommand,
  GetRecords: GetRecordsCommand,
  GetShardIterator: GetShardIteratorCommand,
  IncreaseStreamRetentionPeriod: IncreaseStreamRetentionPeriodCommand,
  ListShards: ListShardsCommand,
  ListStreamConsumers: ListStreamConsumersCommand,
  ListStreams: ListStreamsCommand,
  ListTagsForStream: ListTagsForStreamCommand,
  MergeShards: MergeShardsCommand,
  PutRecord: PutRecordCommand,
  PutRecords: PutRecordsCommand,
  RegisterStreamConsumer: RegisterStreamConsumerCommand,
  RemoveTagsFromStream: RemoveTagsFromStreamCommand,
  SplitShard: SplitShardCommand,
  StartStreamEncryption: StartStreamEncryptionCommand,
  SubscribeToShard: SubscribeToShardCommand,
  UpdateMaxRecordSize: UpdateMaxRecordSizeCommand,
  UpdateShardCount: UpdateShardCountCommand,
  UpdateStreamMode: UpdateStreamModeCommand,
} as const;

type Commands = typeof commands;
export type RawOperation = keyof Commands;
export const rawOperations = Object.keys(commands) as readonly RawOperation[];

type Inputs<O extends RawOperation> =
  InstanceType<Commands[O]> extends $Command<infer I, infer _Out, infer _Config> ? I : never;
export type RawInput<O extends RawOperation> = Readonly<Partial<Record<keyof Inputs<O>, unknown>>>;
export type RawOutput<O extends RawOperation> =
  InstanceType<Commands[O]> extends $Command<infer _In, infer Out, infer _Config> ? Out : never;

/**
 * `answered`: the service answered. Otherwise the connection broke (`error: 'ECONNRESET'` and the like), or the
 * deadline passed (`error: 'Timeout'`).
 */
export type RawFailure = {
  readonly ok: false;
  readonly answered: boolean;
  readonly error: string;
  readonly message: string;
  readonly status?: number;
};
export type RawAnswer<O extends RawOperation> = { readonly ok: true; readonly output: RawOutput<O> } | RawFailure;

export type RawCall = <O extends RawOperation>(
  operation: O,
  input: RawInput<O>,
  signal?: AbortSignal,
) => Promise<RawAnswer<O>>;

export type RawClient = { readonly call: RawCall; readonly close: () => void };

export const rawClient = (options: ClientOptions): RawClient => {
  const client = new KinesisClient({
    region: options.region,
    maxAttempts: 1,
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
    ...(options.http2 === true ? {} : { requestHandler: http1(options.maxSockets ?? 64) }),
  });
  return { call: callOf(client, options.requestTimeoutMs), close: () => client.destroy() };
};

/**
 * Opens one connection for each call. An engine may announce that it closes a connection; another call on it would
 * then look unanswered.
 */
const http1 = (maxSockets: number): NodeHttpHandler =>
  new NodeHttpHandler({ httpAgent: { keepAlive: false, maxSockets }, httpsAgent: { keepAlive: false, maxSockets } });

const callOf =
  (client: KinesisClient, timeoutMs: number): RawCall =>
  async <O extends RawOperation>(operation: O, input: RawInput<O>, signal?: AbortSignal) => {
    const linked = linkedSignal(timeoutMs, [signal]);
    try {
      // All commands share one constructor and one `send`. The table above relates each input to its output.
      const Command = commands[operation] as unknown as new (input: unknown) => object;
      const send = client.send.bind(client) as unknown as Send;
      const output = await send(new Command(input), { abortSignal: linked.signal });
      return { ok: true, output: output as RawOutput<O> };
    } catch (thrown) {
      return linked.signal.aborted ? silence(timeoutMs) : failureOf(thrown);
    } finally {
      // A subscription continues after its answer; the caller's signal ends it.
      if (operation === 'SubscribeToShard') linked.stopTimer();
      else linked.release();
    }
  };

type Send = (command: object, options: { readonly abortSignal: AbortSignal }) => Promise<unknown>;

const silence = (timeoutMs: number): RawFailure => ({
  ok: false,
  answered: false,
  error: 'Timeout',
  message: `no answer within ${timeoutMs} ms`,
});

/** The failure of a call. An error inside an event stream is an answer without its own status. */
const failureOf = (thrown: unknown): RawFailure => {
  const status = thrown instanceof KinesisServiceException ? thrown.$metadata.httpStatusCode : statusOf(thrown);
  return {
    ok: false,
    answered: thrown instanceof KinesisServiceException || status !== undefined,
    error: visible(errorNameOf(thrown)),
    message: visible(wordsOf(thrown)),
    ...(status === undefined ? {} : { status }),
  };
};

/** The status of an answer that the SDK could not parse (an HTML page, say), which it attaches to its error. */
const statusOf = (thrown: unknown): number | undefined => {
  const response = (thrown as { readonly $response?: { readonly statusCode?: unknown } } | undefined)?.$response;
  return typeof response?.statusCode === 'number' ? response.statusCode : undefined;
};
