import {
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
  type KinesisClient,
  PutRecordCommand,
  PutRecordsCommand,
  type PutRecordsResultEntry,
} from '@aws-sdk/client-kinesis';
import { isSequenceNumber } from '../model/sequence-number.ts';
import type { CallOptions, CallTag, DataPlane, Page, PutEntryResult, PutOutcome, ReadFailure } from './kinesis.ts';
import { failureOf } from './put-outcome.ts';

/** Put and read, as values: an answer of the service is never thrown, however wrong it is. */
export const dataPlane = (client: KinesisClient, timeoutMs: number): DataPlane => ({
  putRecord: async ({ stream, data, key, hash, after }, options) => {
    const command = new PutRecordCommand({
      StreamName: stream,
      Data: data,
      PartitionKey: key,
      ...(hash === undefined ? {} : { ExplicitHashKey: hash }),
      ...(after === undefined ? {} : { SequenceNumberForOrdering: after }),
    });
    return put(async () => {
      const output = await client.send(tagged(command, options?.tag), sendOptions(options, timeoutMs));
      return answered([output], 1, output.$metadata.requestId);
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
    return put(async () => {
      const output = await client.send(tagged(command, options?.tag), sendOptions(options, timeoutMs));
      return answered(output.Records, entries.length, output.$metadata.requestId);
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
      const { ShardIterator } = await client.send(command, sendOptions(options, timeoutMs));
      return ShardIterator === undefined
        ? malformed('GetShardIterator answered without ShardIterator')
        : { ok: true, iterator: ShardIterator };
    } catch (thrown) {
      return readFailure(thrown);
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
      return readFailure(thrown);
    }
  },
});

/**
 * The handler's own timer watches the socket; this one watches the call, so that a body that drips for ever ends as
 * well. A call with neither signal nor tag is sent without options: only then does the SDK reuse the stack of
 * middleware that it has put together, and the handler's timer has to do.
 */
const sendOptions = (
  options: CallOptions | undefined,
  timeoutMs: number,
): { abortSignal?: AbortSignal; requestTimeout: number } | undefined => {
  if (options?.signal === undefined && options?.tag === undefined) return undefined;
  return { requestTimeout: timeoutMs, ...(options.signal === undefined ? {} : { abortSignal: options.signal }) };
};

const put = async (call: () => Promise<PutOutcome>): Promise<PutOutcome> => {
  try {
    return await call();
  } catch (thrown) {
    return failureOf(thrown);
  }
};

const answered = (
  results: readonly PutRecordsResultEntry[] | undefined,
  expected: number,
  requestId: string | undefined,
): PutOutcome => {
  const id = requestId === undefined ? {} : { requestId };
  if (results?.length !== expected) {
    const message = `${results?.length ?? 'no'} results for ${expected} records`;
    return { outcome: 'info', error: 'MalformedResponse', message, ...id };
  }
  const placed: PutEntryResult[] = [];
  for (const { ShardId, SequenceNumber, ErrorCode, ErrorMessage } of results) {
    if (ErrorCode !== undefined && ErrorCode !== null) {
      placed.push({ error: ErrorCode, ...(ErrorMessage === undefined ? {} : { message: ErrorMessage }) });
    } else if (ShardId !== undefined && isSequenceNumber(SequenceNumber))
      placed.push({ shard: ShardId, seq: SequenceNumber });
    else {
      const message = `a result without ShardId and SequenceNumber: ${JSON.stringify({ ShardId, SequenceNumber })}`;
      return { outcome: 'info', error: 'MalformedResponse', message, ...id };
    }
  }
  return { outcome: 'ok', results: placed, ...id };
};

const pageOf = (output: GetRecordsCommandOutput): Page | ReadFailure => {
  // Without next iterator an empty answer would read as the end of a shard: what says nothing is not one.
  if (!Array.isArray(output.Records)) return malformed('GetRecords answered without Records');
  const records = [];
  for (const { SequenceNumber, PartitionKey, Data, ApproximateArrivalTimestamp: arrival } of output.Records) {
    if (!isSequenceNumber(SequenceNumber))
      return malformed(`a record with SequenceNumber ${JSON.stringify(SequenceNumber)}`);
    records.push({
      seq: SequenceNumber,
      key: PartitionKey ?? '',
      data: Data ?? new Uint8Array(),
      ...(arrival === undefined || Number.isNaN(arrival.getTime()) ? {} : { arrival: arrival.getTime() }),
    });
  }
  const { NextShardIterator: next, MillisBehindLatest: behind, ChildShards: children } = output;
  return {
    ok: true,
    records,
    ...(next === undefined || next === null ? {} : { next }),
    ...(behind === undefined || behind === null ? {} : { behind }),
    ...(children === undefined || children === null ? {} : { children: children.map(({ ShardId }) => ShardId ?? '') }),
  };
};

const malformed = (message: string): ReadFailure => ({ ok: false, error: 'MalformedResponse', message });

const readFailure = (thrown: unknown): ReadFailure => {
  const { error, message } = failureOf(thrown);
  return { ok: false, error, ...(message === undefined ? {} : { message }) };
};

type Command = {
  readonly middlewareStack: {
    add: (
      // biome-ignore lint: the SDK's own middleware types depend on the command's input and output
      middleware: (next: (args: never) => Promise<never>) => (args: never) => Promise<never>,
      options: { readonly step: 'build'; readonly name: string },
    ) => void;
  };
};

/** Headers for the harness's proxy: signed with the rest, ignored by everybody else. Never added without a tag. */
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
