import { z } from 'zod';
import { seededRandom } from '../../lib/random.ts';
import { hashKeyAt } from '../../model/hash-key.ts';
import { errorAnswer, isOk, listIn, textOf } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import type { Answer, ProxiedCall, Shape } from '../fault.ts';

/** The engine wants a key where the client gave none. It is taken off again where GetRecords reads the record. */
const standIn = 'kinesis-order-without-key';

/**
 * The stream is switched to AUTO: each record goes anywhere, whatever its key. What a client predicts from its list of
 * shards, as for aggregates, is then wrong, and nothing tells it.
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
    /** The put, over all clients, from which on the stream distributes by itself. Default 1: from the beginning. */
    call: z.int().min(1).default(1),
    /** Decides where each record goes, together with the seed of the run. */
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
    PartitionKey: textOf(entry, 'PartitionKey') ?? standIn,
    ExplicitHashKey: drawn(index),
  });
  return api === 'PutRecord' ? anywhere(body, 0) : { ...body, Records: listIn(body, 'Records').map(anywhere) };
};

/** What AWS says of such a stream, and of its records. */
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
