import { z } from 'zod';
import { seededRandom } from '../../lib/random.ts';
import { textIn } from '../../lib/text-in.ts';
import { hashKeyAt } from '../../model/hash-key.ts';
import { errorAnswer, isOk, listIn } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import type { Answer, ProxiedCall, Shape } from '../fault.ts';

/**
 * The partition key for records without one, because the engine demands a key. It is removed again when GetRecords
 * reads the record.
 */
const standIn = 'kinesis-order-without-key';

/**
 * Switches the stream to AUTO: each record is stored in any shard, whatever its key. What a client predicts from its
 * list of shards (for aggregates, for example) is then wrong, and no answer says so.
 */
export const autoDistribution = defineFault({
  type: 'auto-distribution',
  at: 'any',
  lasts: true,
  switchesTo: 'AUTO',
  summary: 'from one put on the stream distributes records by itself (AUTO): partition and hash keys lead nowhere',
  legal: {
    grade: 'documented',
    sentence:
      'Amazon Kinesis Data Streams distributes records evenly across shards and ignores any partition key and ExplicitHashKey that producers supply.',
    source: 'SDK, UpdateStreamRecordDistributionStrategy; an ON_DEMAND stream can be switched while it is written to',
  },
  options: z.strictObject({
    /** The put, counted over all clients, from which on the stream is AUTO. Default 1: from the beginning. */
    call: z.int().min(1).default(1),
    /** Together with the seed of the run, decides where each record is stored. */
    seed: z.union([z.string().min(1), z.int()]).optional(),
  }),
  arm: ({ call: first, seed = 'auto' }, tools) => {
    let puts = 0;
    const drawn = (index: number): string =>
      hashKeyAt(seededRandom(`${seed}/${tools.seed ?? ''}/auto/${puts}/${index}`));
    return async (call, forward) => {
      if (call.kind === 'put') puts += 1;
      if (puts < first) return forward(call.body);
      if (call.kind === 'put') {
        tools.fired(call);
        return call.body['SequenceNumberForOrdering'] === undefined
          ? forward(scattered(call, drawn))
          : errorAnswer('InvalidArgumentException', refusal);
      }
      const answer = await forward(call.body);
      return isOk(answer) ? told(answer, call) : answer;
    };
  },
});

const refusal =
  'SequenceNumberForOrdering must not be provided for a stream that uses the AUTO record distribution strategy, by kinesis-order (auto-distribution)';

const scattered = ({ api, body }: ProxiedCall, drawn: (index: number) => string): Shape => {
  const anywhere = (entry: Shape, index: number): Shape => ({
    ...entry,
    PartitionKey: textIn(entry, 'PartitionKey') ?? standIn,
    ExplicitHashKey: drawn(index),
  });
  return api === 'PutRecord' ? anywhere(body, 0) : { ...body, Records: listIn(body, 'Records').map(anywhere) };
};

/** The answer as AWS gives it for such a stream and its records. */
const told = (answer: Answer, { api }: ProxiedCall): Answer => {
  const { StreamDescriptionSummary: summary, Records: records } = answer.body;
  if (api === 'DescribeStreamSummary')
    return withBody(answer, {
      StreamDescriptionSummary: {
        ...(summary as Shape),
        RecordDistributionStrategy: 'AUTO',
        StreamModeDetails: { StreamMode: 'ON_DEMAND' },
      },
    });
  const hasStandIn = api === 'GetRecords' && Array.isArray(records) && listIn(answer.body, 'Records').some(isStandIn);
  return hasStandIn ? withBody(answer, { Records: listIn(answer.body, 'Records').map(withoutStandIn) }) : answer;
};

const withBody = (answer: Answer, changed: Shape): Answer => ({ ...answer, body: { ...answer.body, ...changed } });

const isStandIn = ({ PartitionKey: key }: Shape): boolean => key === standIn;

const withoutStandIn = (record: Shape): Shape => {
  if (!isStandIn(record)) return record;
  const { PartitionKey: _, ...others } = record;
  return others;
};
