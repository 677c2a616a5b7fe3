import type { Causes } from './cause.ts';

export const topologyCauses = {
  mispartitioned: {
    causes: [
      'The engine routes by another hash than MD5, or by the text in another encoding than UTF-8.',
      'A reshard moved the range while the put was under way.',
    ],
    todo: [
      'Compute MD5 of the key and compare it with the range of the shard: both stand in the sentence.',
      'Try the key in plain ASCII.',
    ],
  },
  'split-key': {
    causes: [
      'An ExplicitHashKey differs from call to call.',
      'The engine keeps a closed shard open beside its children.',
    ],
    todo: [
      'Use the partition key alone, or one ExplicitHashKey for each key.',
      'Look at the map: the two shards should not be open at the same time.',
    ],
  },
  'write-to-closed': {
    causes: [
      'The engine goes on storing in a shard that it has closed (moto up to 5.2).',
      'A list of shards was shown before the reshard was done.',
    ],
    todo: [
      'Read the parent to its end before its children, and again later.',
      'Report it with the line that shows the shard closed.',
    ],
  },
  'shard-encoding': {
    causes: [
      'The engine builds its numbers in another way than AWS does.',
      'The answer of another shard was given (amazon-kinesis-client#391).',
    ],
    todo: ['Do not parse sequence numbers: their form is not documented.'],
  },
  'hash-hole': {
    causes: [
      'A merge or a split was computed with ranges that end one key too early.',
      'A list that came in pages was cut.',
    ],
    todo: [
      'Ask ListShards again, with every NextToken.',
      'Report it with the list on its line: keys in the hole go nowhere.',
    ],
  },
  'hash-overlap': {
    causes: [
      'A parent is still open beside its children.',
      'A shard was split twice from an old list (stale snapshot).',
    ],
    todo: ['Wait until the stream is ACTIVE before the next reshard.', 'Ask ListShards again; report the two shards.'],
  },
  'open-parent': {
    causes: [
      'The list was taken while the reshard was under way, though the stream says ACTIVE.',
      'A shard was resharded twice.',
    ],
    todo: ['Wait for DescribeStreamSummary to say ACTIVE, then list.', 'Let one process reshard a stream.'],
  },
  'bad-parentage': {
    causes: [
      'The engine forgets the parents of a reshard, or swaps the two.',
      'UpdateShardCount made shards without a lineage.',
    ],
    todo: [
      'Do not rely on the lineage to order this stream: consumers that follow it will begin too early.',
      'Report it with the list on its line.',
    ],
  },
  'lineage-seq-regression': {
    causes: [
      'The engine counts each shard from its own start.',
      'It declares an ending number for closed shards that is no number of theirs (kind declared).',
    ],
    todo: [
      'Order by lineage first, then by number: never by number alone across shards.',
      'Name it as a known deviation of the target, if it is declared only.',
    ],
  },
  'child-before-parent': {
    causes: [
      'The consumer reads the children as soon as it sees them (kinesis-consumer#155, FLINK-32218).',
      'A new shard was given to a worker while another one still had the parent.',
      'The list of shards had no parents: bad-parentage stands beside it.',
    ],
    todo: [
      'Read every parent to its end (NextShardIterator null) before a child, both parents after a merge.',
      'Write a checkpoint SHARD_END, and begin children only behind it.',
    ],
  },
  'topology-mutation': {
    causes: [
      'The engine gives the id of a closed shard to a new one.',
      'The stream was deleted and made again under the same name during the run.',
    ],
    todo: ['Use a stream of its own name for each run.', 'Report both lists on their lines.'],
  },
} as const satisfies Record<string, Causes>;
