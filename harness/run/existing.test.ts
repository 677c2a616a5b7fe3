import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkHistory } from '../judging/check-history.ts';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import { systemClock } from '../lib/clock.ts';
import type { HistoryEvent } from '../model/event.ts';
import type { ResolvedScenario } from '../scenario/resolved.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import type { RunResult } from './options.ts';
import { run } from './run.ts';

const name = 'orders';
let folder: string;
let target: RunningTarget;
let kinesis: Kinesis;
let runs = 0;

/** A stream with a past: records of somebody else, and a shard that was split long ago. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-existing-'));
  target = await kinesalite.start({ region: 'us-east-1', cacheFolder: '.cache' });
  kinesis = createKinesis(target.client);
  await kinesis.createStream({ name, shards: 2, mode: 'PROVISIONED', tags: {} });
  await kinesis.waitActive(name, 5000);
  for (let count = 0; count < 10; count += 1) await putForeign('old', count);
  await kinesis.splitShard(name, 'shardId-000000000000', '85070591730234615865843651857942052863');
  await kinesis.waitActive(name, 5000);
  for (let count = 10; count < 20; count += 1) await putForeign('old', count);
});
afterAll(async () => {
  kinesis.close();
  await target.stop();
  await rm(folder, { recursive: true });
});

const putForeign = async (writer: string, count: number): Promise<void> => {
  // Keys like those of the harness: a key is nobody's property.
  const outcome = await kinesis.putRecord({
    stream: name,
    key: `p1-key-${count % 8}`,
    data: Buffer.from(`${writer}:${count}`),
  });
  if (outcome.outcome !== 'ok') throw new Error(outcome.error);
};

const scenarioOf = (over: Partial<ResolvedScenario> = {}): ResolvedScenario => ({
  name: 'small',
  why: 'a run on a stream of somebody else',
  tags: [],
  needs: [],
  seed: '42',
  stream: { shards: 1, mode: 'PROVISIONED', existing: name },
  workload: { keys: 8, recordsPerKey: 10, payload: { type: 'taxiRide' }, partitionKey: { type: 'even' } },
  // Without `after`: kinesalite refuses its numbers on a stream that was just split.
  producers: [{ type: 'putRecord', name: 'p1' }],
  consumers: [{ type: 'getRecords', name: 'c1' }],
  faults: [],
  reshard: [],
  expect: { forbid: [], allow: [], find: [], ignore: [] },
  budget: { loadMs: 10_000, drainMs: 5000, callMs: 3000, reshardMs: 5000 },
  ...over,
});

/** One run, beside a writer that writes from before its first put until after its last. */
const ranBesideAWriter = async (over: Partial<ResolvedScenario> = {}) => {
  runs += 1;
  let isOver = false;
  let written = 0;
  const writing = (async () => {
    for (; !isOver; written += 1) await putForeign(`writer-${runs}`, written);
  })();
  try {
    const result = await run({
      scenario: scenarioOf(over),
      target,
      folder: join(folder, String(runs)),
      run: `r-${runs}`,
      clock: systemClock(),
      keep: false,
      signal: new AbortController().signal,
    });
    return { result, written: () => written, ...(await readBack(result)) };
  } finally {
    isOver = true;
    await writing;
  }
};

const readBack = async ({ history }: RunResult) => {
  const [head = '', ...lines] = (await readFile(history, 'utf8')).trimEnd().split('\n');
  const events = lines.map((line) => JSON.parse(line) as HistoryEvent);
  return { head: JSON.parse(head) as Readonly<Record<string, unknown>>, events, verdict: await checkHistory(history) };
};

describe('a stream that was there before', () => {
  test('is read from its present end, with the records of others told apart, and stays', async () => {
    const before = await kinesis.listShards(name);
    const { result, head, events, verdict, written } = await ranBesideAWriter();
    expect(result).toMatchObject({ reason: 'completed' });
    expect(verdict).toMatchObject({ verdict: 'holds', counts: { acked: 80, read: 80, unseen: 0 } });
    expect(verdict.counts.foreign).toBeGreaterThan(0);
    expect(verdict.counts.foreign).toBeLessThanOrEqual(written());
    const open = before.filter(({ seq }) => seq[1] === null).map(({ shard }) => shard);
    const stream = head['stream'] as { readonly presentEnd: Readonly<Record<string, string>> };
    expect(stream).toMatchObject({ name, shared: true });
    expect(Object.keys(stream.presentEnd).sort()).toEqual(open.sort());
    const starts = events.flatMap((event) => (event.type === 'page' && event.from ? [event] : []));
    for (const { shard, from } of starts)
      expect(from).toMatchObject({ type: 'AFTER_SEQUENCE_NUMBER', seq: stream.presentEnd[shard] });
    expect(await kinesis.listStreams()).toEqual([name]);
    expect(await kinesis.listTags(name)).toEqual({});
  });

  test('holds the records of an earlier run with the same seed, which are foreign to the next', async () => {
    const { verdict } = await ranBesideAWriter();
    expect(verdict).toMatchObject({ verdict: 'holds', counts: { acked: 80, read: 80, unseen: 0 } });
  });

  test('proves a loss as an own stream does', async () => {
    const { result, events } = await ranBesideAWriter();
    const lost = events.find((event) => event.type === 'ack' && event.outcome === 'ok');
    const place = lost?.type === 'ack' ? lost.results?.[0] : undefined;
    const seq = place !== undefined && 'seq' in place ? place.seq : 'none';
    const text = await readFile(result.history, 'utf8');
    const cut = text.split('\n').map((line) => (line.includes('"type":"page"') ? withoutRecord(line, seq) : line));
    const path = join(folder, 'lost.ndjson');
    await writeFile(path, cut.join('\n'));
    const { claims } = await checkHistory(path);
    expect(claims.find(({ anomaly }) => anomaly === 'lost-write')).toMatchObject({ verdict: 'violated', found: 1 });
  });

  test('is resharded only when that is said, and then read on both sides', async () => {
    const { verdict, events } = await ranBesideAWriter({
      stream: { shards: 1, mode: 'PROVISIONED', existing: name, mayReshard: true },
      reshard: [{ action: 'SplitShard', afterAcked: 30, shard: 0 }],
    });
    expect(verdict).toMatchObject({ verdict: 'holds', counts: { acked: 80, read: 80, unseen: 0 } });
    expect(verdict.power.keysAcrossReshard).toBeGreaterThan(0);
    expect(events.filter(({ type }) => type === 'topology')).toHaveLength(3);
  });

  test.each([
    [
      'a stream that is not there',
      { stream: { shards: 1, mode: 'PROVISIONED', existing: 'nowhere' } as const },
      'stream.existing: there is no stream nowhere on this target',
    ],
    [
      'a reshard that it has not the shards for',
      {
        stream: { shards: 1, mode: 'PROVISIONED', existing: name, mayReshard: true } as const,
        reshard: [{ action: 'SplitShard', afterAcked: 3, shard: 9 }] as const,
      },
      'small does not fit stream orders: reshard[0].shard: SplitShard of shard 9 needs 10 open shards, there will be ',
    ],
  ])('refuses %s', async (_, over, words) => {
    await expect(ranBesideAWriter(over)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(words) as string,
    });
  });
});

const withoutRecord = (line: string, seq: string): string => {
  const page = JSON.parse(line) as { readonly records?: readonly { readonly seq: string }[] };
  return JSON.stringify({ ...page, records: (page.records ?? []).filter((record) => record.seq !== seq) });
};
