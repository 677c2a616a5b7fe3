import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  PutRecordCommand,
  PutRecordsCommand,
  type PutRecordsResultEntry,
} from '@aws-sdk/client-kinesis';
import { placedFields, refusedFields, wrongField } from '../model/answer-fields.ts';
import type { CallOptions, CallTag, DataPlane, PutEntryResult, PutOutcome } from './kinesis.ts';
import { malformed, pageOf, readFailure } from './page-answer.ts';
import { failureOf } from './put-outcome.ts';

/** Put and read, with outcomes as values: an answer of the service never throws, however wrong it is. */
export const dataPlane = (client: KinesisClient, timeoutMs: number): DataPlane => ({
  putRecord: async ({ stream, data, key, hash, after }, options) => {
    const command = new PutRecordCommand({
      StreamName: stream,
      Data: data,
      PartitionKey: key,
      ...(hash === undefined ? {} : { ExplicitHashKey: hash }),
      ...(after === undefined ? {} : { SequenceNumberForOrdering: after }),
    });
    return put('PutRecord', async () => {
      const output = await client.send(tagged(command, options?.tag), sendOptions(options, timeoutMs));
      return answered('PutRecord', [output], output.$metadata.requestId);
    });
  },
  putRecords: async ({ stream, entries }, options) => {
    const command = new PutRecordsCommand({
      StreamName: stream,
      Records: entries.map(({ data, key, hash }) =>
        hash === undefined
          ? { Data: data, PartitionKey: key }
          : { Data: data, PartitionKey: key, ExplicitHashKey: hash },
      ),
    });
    return put('PutRecords', async () => {
      const output = await client.send(tagged(command, options?.tag), sendOptions(options, timeoutMs));
      if (output.Records?.length !== entries.length)
        return unplaced(
          `PutRecords answered ${output.Records?.length ?? 'no'} results for ${entries.length} records`,
          output.$metadata.requestId,
        );
      return answered('PutRecords', output.Records, output.$metadata.requestId);
    });
  },
  getShardIterator: async ({ stream, shard, type, seq, at }, options) => {
    const command = new GetShardIteratorCommand({
      StreamName: stream,
      ShardId: shard,
      ShardIteratorType: type,
      ...(seq === undefined ? {} : { StartingSequenceNumber: seq }),
      ...(at === undefined ? {} : { Timestamp: new Date(at) }),
    });
    try {
      const output = await client.send(command, sendOptions(options, timeoutMs));
      const wrong = wrongField(output, { ShardIterator: 'text' });
      return wrong === undefined
        ? { ok: true, iterator: output.ShardIterator ?? '' }
        : malformed(`GetShardIterator: ${wrong}`);
    } catch (thrown) {
      return readFailure('GetShardIterator', thrown);
    }
  },
  getRecords: async ({ iterator, limit }, options) => {
    const command = new GetRecordsCommand({
      ShardIterator: iterator,
      ...(limit === undefined ? {} : { Limit: limit }),
    });
    try {
      return pageOf(await client.send(command, sendOptions(options, timeoutMs)));
    } catch (thrown) {
      return readFailure('GetRecords', thrown);
    }
  },
});

/**
 * A call with neither signal nor tag is sent without options, because the SDK reuses its middleware stack only then.
 */
const sendOptions = (
  options: CallOptions | undefined,
  timeoutMs: number,
): { abortSignal?: AbortSignal; requestTimeout: number } | undefined => {
  if (options?.signal === undefined && options?.tag === undefined) return undefined;
  return { requestTimeout: timeoutMs, ...(options.signal === undefined ? {} : { abortSignal: options.signal }) };
};

const put = async (call: string, send: () => Promise<PutOutcome>): Promise<PutOutcome> => {
  try {
    return await send();
  } catch (thrown) {
    return failureOf(call, thrown);
  }
};

const answered = (
  call: string,
  results: readonly PutRecordsResultEntry[],
  requestId: string | undefined,
): PutOutcome => {
  const placed: PutEntryResult[] = [];
  for (const result of results) {
    const isRefused = result?.ErrorCode !== undefined && result.ErrorCode !== null;
    const wrong = wrongField(result, isRefused ? refusedFields : placedFields);
    if (wrong !== undefined) return unplaced(`${call}: result ${placed.length + 1}: ${wrong}`, requestId);
    const { ShardId = '', SequenceNumber = '', ErrorCode = '', ErrorMessage } = result;
    if (!isRefused) placed.push({ shard: ShardId, seq: SequenceNumber });
    else placed.push({ error: ErrorCode, ...(typeof ErrorMessage === 'string' ? { message: ErrorMessage } : {}) });
  }
  return { outcome: 'ok', results: placed, ...(requestId === undefined ? {} : { requestId }) };
};

/** The outcome of an answer that does not say where a record is stored, or if it is. */
const unplaced = (message: string, requestId: string | undefined): PutOutcome => ({
  outcome: 'info',
  error: 'MalformedResponse',
  message,
  ...(requestId === undefined ? {} : { requestId }),
});

type Command = {
  readonly middlewareStack: {
    add: (
      // biome-ignore lint: the SDK's own middleware types depend on the command's input and output
      middleware: (next: (args: never) => Promise<never>) => (args: never) => Promise<never>,
      options: { readonly step: 'build'; readonly name: string },
    ) => void;
  };
};

/**
 * Headers for the tool's own gateway: signed with the others, and ignored by other servers. Added only if there is a
 * tag.
 */
const tagged = <C>(command: C, tag: CallTag | undefined): C => {
  if (tag === undefined) return command;
  const { middlewareStack } = command as unknown as Command;
  middlewareStack.add(
    (next) => (args) => {
      const { request } = args as { request: { headers: Record<string, string> } };
      request.headers['x-kinesis-order-op'] = String(tag.op);
      request.headers['x-kinesis-order-producer'] = encodeURIComponent(tag.producer);
      request.headers['x-kinesis-order-call'] = String(tag.call);
      return next(args);
    },
    { step: 'build', name: 'kinesis-order-tag' },
  );
  return command;
};
