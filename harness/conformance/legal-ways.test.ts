import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../lib/clock.ts';
import { seededRandom } from '../lib/random.ts';
import { kinesisLocal } from '../targets/kinesis-local.ts';
import type { RunningTarget } from '../targets/target.ts';
import { body, refuses } from '../testing/stand-ins/lies.ts';
import { type Lie, lyingEngine, type Output } from '../testing/stand-ins/lying-engine.ts';
import { type ClaimId, claims } from './registry.ts';
import { runClaims } from './run-claims.ts';

/** What AWS may do, and the engines here do not. A claim must conform all the same. */
type Way = readonly [what: string, way: () => Lie, claims: readonly ClaimId[]];

/** "It might take multiple calls to get to a portion of the shard that contains records." (SDK, GetRecords) */
const emptyPages = (): Lie => ({
  change: ({ action, count, input }, output) =>
    action !== 'GetRecords' || count % 3 === 2 || (output['Records'] as readonly unknown[]).length === 0
      ? output
      : { Records: [], NextShardIterator: input['ShardIterator'], MillisBehindLatest: 1000 },
});

/** MaxResults is "the maximum number of shards": a page may have fewer. */
const oneShardAPage = (): Lie => {
  const rest = new Map<unknown, Output>();
  const page = (output: Output): Output => {
    const [first, ...more] = output['Shards'] as readonly unknown[];
    if (more.length === 0) return output;
    const token = `next-${rest.size}`;
    rest.set(token, { ...output, Shards: more });
    return { ...output, Shards: [first], NextToken: token };
  };
  return {
    answer: ({ action, input }, response) => {
      const more = action === 'ListShards' ? rest.get(input['NextToken']) : undefined;
      if (more !== undefined) body(JSON.stringify(page(more)))(response, { action, input, count: 0, path: '/' });
      return more !== undefined;
    },
    change: ({ action }, output) => (action === 'ListShards' ? page(output) : output),
  };
};

/** No order of the list is documented. */
const anyOrder = (): Lie => ({
  change: ({ action }, output) =>
    action === 'ListShards' ? { ...output, Shards: (output['Shards'] as readonly unknown[]).toReversed() } : output,
});

/** "PutRecord throws ProvisionedThroughputExceededException" (SDK, PutRecord); GetRecords does, too. */
const throttles = (): Lie => ({
  answer: (call, response) => {
    const isThrottled = ['PutRecord', 'GetRecords'].includes(call.action) && call.count % 3 === 0;
    if (isThrottled) refuses('ProvisionedThroughputExceededException')(response, call);
    return isThrottled;
  },
});

const ways: readonly Way[] = [
  [
    'throttles every third put and read',
    throttles,
    [
      'put-record-answers-its-place',
      'stream-arn-in-place-of-the-name',
      'put-record-without-data',
      'pages-of-one-go-on',
    ],
  ],
  [
    'answers with empty pages to a reader that is behind',
    emptyPages,
    [
      'pages-of-one-go-on',
      'limit-is-a-maximum',
      'behind-is-above-zero-before-the-tip',
      'behind-is-zero-at-the-tip',
      'a-closed-shard-ends',
      'latest-keeps-its-place',
      'after-the-last-record',
      'an-empty-shard-reads-empty',
      'at-timestamp-of-a-record',
      'two-readers-agree',
    ],
  ],
  [
    'lists one shard a page',
    oneShardAPage,
    ['list-shards-exclusive-start', 'list-shards-filters', 'list-shards-paging', 'shards-tile-the-hash-keys'],
  ],
  ['lists the shards of a page backwards', anyOrder, ['list-shards-paging', 'list-shards-exclusive-start']],
];

describe('an engine that', () => {
  let target: RunningTarget;
  beforeAll(async () => {
    target = await kinesisLocal.start({ region: 'us-east-1', cacheFolder: '.cache' });
  });
  afterAll(() => target.stop());

  const each = ways.flatMap(([what, way, ids]) => ids.map((id) => [what, id, way] as const));
  test.concurrent.each(each)('%s conforms to %s', async (_, id, way) => {
    const engine = await lyingEngine(target.client.endpoint ?? '', way());
    try {
      const [answer] = await runClaims({
        client: { ...target.client, endpoint: engine.endpoint, requestTimeoutMs: 20_000 },
        claims: { [id]: claims[id] },
        run: `legal-${each.findIndex((one) => one[1] === id && one[2] === way)}`,
        clock: systemClock(),
        random: seededRandom('legal'),
        signal: new AbortController().signal,
        slowness: 2,
        patienceMs: 900,
        parallel: 1,
      });
      expect(answer).toMatchObject({ kind: 'conforms' });
    } finally {
      await engine.close();
    }
  });
});
