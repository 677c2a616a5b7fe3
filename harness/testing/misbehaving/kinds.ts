import {
  body,
  cut,
  drips,
  everything,
  garbage,
  halfCloses,
  hangs,
  html,
  on,
  refuses,
  resets,
  spoil,
  spoilItems,
} from '../stand-ins/lies.ts';
import type { Lie, Output } from '../stand-ins/lying-engine.ts';

/** One way in which an engine misbehaves, the call that the sentence must name, and the exit codes that are right. */
export type Kind = {
  readonly name: string;
  readonly lie: Lie;
  readonly names: RegExp;
  readonly codes: readonly number[];
  /** The producer writes by PutRecords. */
  readonly isBatched?: boolean;
};

const failed = [3];
const unknown = [4];
const either = [3, 4];
const kind = (name: string, lie: Lie, names: RegExp, codes: readonly number[] = failed): Kind => ({
  name,
  lie,
  names,
  codes,
});
const batched = (name: string, lie: Lie): Kind => ({ ...kind(name, lie, /PutRecords/, either), isBatched: true });

const shard = (n: number): Output => ({
  ShardId: `shardId-${String(n).padStart(12, '0')}`,
  HashKeyRange: { StartingHashKey: '0', EndingHashKey: '1' },
  SequenceNumberRange: { StartingSequenceNumber: '1' },
});

export const transportKinds: readonly Kind[] = [
  kind('every answer is a page of HTML', on(everything, html(200)), /ListStreams/),
  kind('every answer is 500', on(everything, refuses('InternalFailure', 500)), /ListStreams: InternalFailure/),
  kind('nothing is answered', on(everything, hangs), /ListStreams: Timeout/),
  kind('every body drips', on(everything, drips), /ListStreams: Timeout/),
  kind('every connection is reset', on(everything, resets), /ListStreams/),
  kind('every connection is half-closed', on(everything, halfCloses), /ListStreams/),
  kind('every answer is no HTTP', on(everything, garbage), /ListStreams/),
  kind('every body is empty', on(everything, body('')), /ListStreams: StreamNames is missing/),
  kind('every body is cut off', on(everything, cut(true)), /ListStreams/),
  kind('every answer is a redirection', on(everything, body('', 307, { location: '/' })), /ListStreams/),
  kind('CreateStream hangs', on('CreateStream', hangs), /CreateStream/),
  kind('CreateStream makes nothing', on('CreateStream', body('{}')), /DescribeStreamSummary/),
  kind('DescribeStreamSummary hangs', on('DescribeStreamSummary', hangs), /DescribeStreamSummary/),
  kind('DescribeStreamSummary drips', on('DescribeStreamSummary', drips), /DescribeStreamSummary/),
  kind('ListShards hangs', on('ListShards', hangs), /ListShards/),
  kind('ListShards hangs after the load', on('ListShards', hangs, 2), /ListShards/),
  kind('PutRecord hangs', on('PutRecord', hangs, 5), /PutRecord/, either),
  kind('PutRecord drips', on('PutRecord', drips, 5), /PutRecord/, either),
  kind('PutRecord is reset', on('PutRecord', resets, 5), /PutRecord/, either),
  kind('PutRecord is half-closed', on('PutRecord', halfCloses, 5), /PutRecord/, either),
  kind('PutRecord is HTML', on('PutRecord', html(200), 5), /PutRecord/, either),
  kind('PutRecord is 500', on('PutRecord', refuses('InternalFailure', 500), 5), /PutRecord/, either),
  kind(
    'PutRecord is throttled for ever',
    on('PutRecord', refuses('ProvisionedThroughputExceededException'), 5),
    /PutRecord/,
    either,
  ),
  kind('PutRecord finds no stream', on('PutRecord', refuses('ResourceNotFoundException'), 5), /PutRecord|put/),
  kind('GetShardIterator hangs', on('GetShardIterator', hangs), /GetShardIterator/, either),
  kind('GetRecords hangs', on('GetRecords', hangs), /GetRecords/, either),
  kind('GetRecords drips', on('GetRecords', drips), /GetRecords/, either),
  kind('GetRecords is HTML', on('GetRecords', html(200)), /GetRecords/, either),
  kind('GetRecords is cut off and waits', on('GetRecords', cut(false)), /GetRecords/, either),
];

export const wrongKinds: readonly Kind[] = [
  kind(
    'ListStreams names numbers',
    spoil('ListStreams', { StreamNames: [1, 2] }),
    /ListStreams: StreamNames\[0\] is 1/,
  ),
  kind(
    'ListShards has no list',
    spoil('ListShards', { Shards: undefined }),
    /ListShards \S+ has an invalid answer: Shards is missing/,
  ),
  kind(
    'a hash range is text',
    spoilItems('ListShards', 'Shards', { HashKeyRange: 'all' }),
    /ListShards .*HashKeyRange/,
  ),
  kind('a shard id is a number', spoilItems('ListShards', 'Shards', { ShardId: 5 }), /ListShards .*ShardId is 5/),
  kind(
    'pages of shards repeat for ever',
    pagesOfShards(() => 1),
    /ListShards .*does not end/,
  ),
  kind(
    'pages of shards go on for ever',
    pagesOfShards((count) => count),
    /ListShards .*does not end/,
  ),
  kind(
    'the status is a number',
    spoil('DescribeStreamSummary', summary({ StreamStatus: 5 })),
    /DescribeStreamSummary .*StreamStatus is 5/,
  ),
  kind(
    'the status is never ACTIVE',
    spoil('DescribeStreamSummary', summary({ StreamStatus: 'CREATING' })),
    /still CREATING/,
  ),
  kind(
    'PutRecord stores at a number',
    spoil('PutRecord', { SequenceNumber: 7 }),
    /PutRecord: .*SequenceNumber is 7/,
    either,
  ),
  kind('PutRecord stores in no shard', spoil('PutRecord', { ShardId: null }), /PutRecord: .*ShardId is/, either),
  batched(
    'PutRecords answers too few',
    spoil('PutRecords', (output) => ({ ...output, Records: [] })),
  ),
  batched('PutRecords answers wrong types', spoilItems('PutRecords', 'Records', { SequenceNumber: { a: 1 } })),
  batched('PutRecords fails each by an object', spoilItems('PutRecords', 'Records', { ErrorCode: { a: 1 } })),
  kind(
    'an iterator is a number',
    spoil('GetShardIterator', { ShardIterator: 7 }),
    /GetShardIterator: ShardIterator is 7/,
    either,
  ),
  kind('records are an object', spoil('GetRecords', { Records: {} }), /GetRecords: Records is \{\}/, either),
  kind(
    'a sequence number is a number',
    spoilItems('GetRecords', 'Records', { SequenceNumber: 7 }),
    /GetRecords: Records\[\d+\].SequenceNumber is 7/,
    either,
  ),
  kind(
    'a partition key is an object',
    spoilItems('GetRecords', 'Records', { PartitionKey: {} }),
    /GetRecords: Records\[\d+\].PartitionKey/,
    either,
  ),
  kind('data are a number', spoilItems('GetRecords', 'Records', { Data: 7 }), /GetRecords/, either),
  kind(
    'the next iterator is a number',
    spoil('GetRecords', { NextShardIterator: 7 }),
    /GetRecords: NextShardIterator is 7/,
    either,
  ),
  kind(
    'the lag is text',
    spoil('GetRecords', { MillisBehindLatest: 'none' }),
    /GetRecords: MillisBehindLatest is "none"/,
    either,
  ),
  kind(
    'iterators never advance',
    spoil('GetRecords', (_, { input }) => ({
      Records: [],
      NextShardIterator: input['ShardIterator'],
      MillisBehindLatest: 0,
    })),
    /GetRecords/,
    unknown,
  ),
];

/** One shard a page, and always one page more; a token that it made up would kill the engine behind. */
function pagesOfShards(number: (count: number) => number): Lie {
  return on('ListShards', (response, call) =>
    body(JSON.stringify({ Shards: [shard(number(call.count))], NextToken: `t${call.count}` }))(response, call),
  );
}

function summary(fields: Output): (output: Output) => Output {
  return (output) => {
    const right = output['StreamDescriptionSummary'] as Output;
    return { ...output, StreamDescriptionSummary: { ...right, ...fields } };
  };
}

export const kinds: readonly Kind[] = [...transportKinds, ...wrongKinds];
