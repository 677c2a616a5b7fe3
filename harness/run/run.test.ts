import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkHistory } from '../judging/check-history.ts';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import { systemClock } from '../lib/clock.ts';
import type { HistoryEvent } from '../model/event.ts';
import type { HistoryVerdict } from '../model/verdict.ts';
import type { ResolvedScenario } from '../scenario/resolved.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import type { RunOptions, RunResult } from './options.ts';
import { run } from './run.ts';

let folder: string;
let target: RunningTarget;
let kinesis: Kinesis;
let runs = 0;

const start = (): Promise<RunningTarget> => kinesalite.start({ region: 'us-east-1', cacheFolder: '.cache' });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-run-'));
  target = await start();
  kinesis = createKinesis(target.client);
});
afterAll(async () => {
  kinesis.close();
  await target.stop();
  await rm(folder, { recursive: true });
});

const scenarioOf = (over: Partial<ResolvedScenario> = {}): ResolvedScenario => ({
  name: 'small',
  why: 'a run of a few records',
  tags: [],
  needs: [],
  seed: '42',
  stream: { shards: 2, mode: 'PROVISIONED' },
  workload: { keys: 8, recordsPerKey: 10, payload: { type: 'taxiRide' }, partitionKey: { type: 'even' } },
  producers: [{ type: 'putRecord', name: 'p1', sequenceNumberForOrdering: true }],
  consumers: [{ type: 'getRecords', name: 'c1' }],
  faults: [],
  reshard: [],
  expect: { forbid: [], allow: [], find: [], ignore: [] },
  budget: { loadMs: 10_000, drainMs: 5000, callMs: 3000, reshardMs: 5000 },
  ...over,
});

type Ran = { readonly result: RunResult; readonly events: readonly HistoryEvent[]; readonly verdict: HistoryVerdict };

const ran = async (scenario: Partial<ResolvedScenario>, over: Partial<RunOptions> = {}): Promise<Ran> => {
  runs += 1;
  const result = await run({
    scenario: scenarioOf(scenario),
    target,
    folder: join(folder, String(runs)),
    run: `r-${runs}`,
    clock: systemClock(),
    keep: false,
    signal: new AbortController().signal,
    ...over,
  });
  const [, ...lines] = (await readFile(result.history, 'utf8')).trimEnd().split('\n');
  return {
    result,
    events: lines.map((line) => JSON.parse(line) as HistoryEvent),
    verdict: await checkHistory(result.history),
  };
};

const found = ({ verdict }: Ran, anomaly: string): number | undefined =>
  verdict.claims.find((claim) => claim.anomaly === anomaly)?.found;
const phases = ({ events }: Ran): readonly string[] =>
  events.flatMap((event) => (event.type === 'phase' ? [event.phase] : []));
const endOf = ({ events }: Ran): HistoryEvent | undefined => events.at(-1);

describe('a run', () => {
  test('writes, reads twice, seals and removes its stream; the judge finds nothing', async () => {
    const one = await ran({});
    expect(one.result).toMatchObject({ reason: 'completed' });
    expect(one.result).not.toHaveProperty('left');
    expect(one.verdict).toMatchObject({ verdict: 'holds', complete: true, counts: { acked: 80, read: 80, unseen: 0 } });
    expect(phases(one)).toEqual(['load', 'heal', 'seal', 'drain', 'done']);
    expect(endOf(one)).toMatchObject({ type: 'end', reason: 'completed' });
    const sentinels = one.events.filter((event) => event.type === 'put' && event.role === 'sentinel');
    expect(sentinels).toHaveLength(2);
    const readers = one.events.flatMap((event) => (event.type === 'reader' ? [[event.reader, event.role]] : []));
    expect(readers).toEqual([
      ['c1', 'live'],
      ['final', 'final'],
    ]);
    expect(await kinesis.listStreams()).toEqual([]);
  });

  test('sends the same calls in the same order for the same seed, and others for another', async () => {
    const sent = async (seed: string): Promise<unknown> => {
      const { events } = await ran({
        seed,
        consumers: [],
        producers: [{ type: 'putRecords', name: 'p1', batch: 7, retry: 'failed-entries' }],
        faults: [{ type: 'fail-record', call: 3, entries: [1, 4] }],
      });
      return events.flatMap((event) =>
        event.type === 'put' && event.role === undefined ? [[event.op, event.entries]] : [],
      );
    };
    const first = await sent('7');
    expect(await sent('7')).toEqual(first);
    expect(await sent('8')).not.toEqual(first);
  });

  test('reshards where it was told, with keys on both sides, and follows the new shards', async () => {
    const one = await ran({
      producers: [{ type: 'putRecord', name: 'p1' }],
      reshard: [
        { action: 'SplitShard', afterAcked: 20, shard: 0 },
        { action: 'MergeShards', afterAcked: 50, shard: 1 },
      ],
    });
    expect(one.verdict.verdict).toBe('holds');
    expect(one.verdict.power.keysAcrossReshard).toBeGreaterThan(1);
    const steps = one.events.flatMap((event) => (event.type === 'reshard' ? [`${event.id} ${event.phase}`] : []));
    expect(steps).toEqual(['1 invoke', '1 ok', '2 invoke', '2 ok']);
    expect(one.events.filter(({ type }) => type === 'topology')).toHaveLength(4);
  });

  test('shows the reorder of a failed entry that is sent again later', async () => {
    const one = await ran({
      producers: [{ type: 'putRecords', name: 'p1', batch: 16, retry: 'failed-entries' }],
      faults: [{ type: 'fail-record', call: 2, entries: [1] }],
    });
    expect(one.verdict.findings).toContainEqual(
      expect.objectContaining({ anomaly: 'key-reorder', kind: 'retry', blame: 'producer' }),
    );
    const faults = one.events.flatMap((event) => (event.type === 'fault' ? [event.phase] : []));
    expect(faults).toEqual(['armed', 'fired']);
  });

  test('keeps a lost answer apart from a failed call', async () => {
    const one = await ran({
      producers: [{ type: 'putRecord', name: 'p1', retry: 'resend' }],
      faults: [{ type: 'drop-response', call: 5 }],
    });
    expect(one.events.filter((event) => event.type === 'ack' && event.outcome === 'info')).toHaveLength(1);
    expect(found(one, 'duplicate')).toBe(1);
    expect(found(one, 'lost-write')).toBe(0);
  });

  test('names a record that no limit lets through, when all others were sent', async () => {
    const size = 1_048_576 - 'p1-12345'.length;
    const workload = {
      ...scenarioOf().workload,
      keys: 8,
      recordsPerKey: 1,
      payload: { type: 'bytes', size: size + 1 },
    };
    const one = await ran({ workload, producers: [{ type: 'putRecords', name: 'p1', batch: 3 }] });
    expect(one.result).toMatchObject({ reason: 'failed', error: { code: 'usage' } });
    expect(endOf(one)).toMatchObject({ error: expect.stringMatching(/1048577 bytes with its key, .*\(recordBytes\)/) });
    const sizes = one.events
      .flatMap((event) => (event.type === 'put' ? event.entries : []))
      .map(({ key }) => key.length);
    const notes = one.events.filter((event) => event.type === 'note');
    expect([sizes.every((length) => length < 8), sizes.length > 0, notes.length > 0]).toEqual([true, true, true]);
    expect(sizes.length + notes.length).toBe(8);
  });

  test('says that a fault never fired', async () => {
    const one = await ran({ faults: [{ type: 'drop-response', call: 5000 }] });
    expect(one.events).toContainEqual(expect.objectContaining({ type: 'fault', phase: 'never-fired', id: 1 }));
    expect(one.verdict.verdict).toBe('unknown');
  });

  test('with several producers on the same keys counts each for itself', async () => {
    const one = await ran({
      producers: [
        { type: 'putRecord', name: 'p1', keys: 'shared' },
        { type: 'putRecord', name: 'p2', keys: 'shared', inFlight: 4 },
      ],
    });
    expect(one.verdict).toMatchObject({ counts: { acked: 160, read: 160 } });
    const keysOf = (name: string): Set<string> =>
      new Set(
        one.events.flatMap((event) =>
          event.type === 'put' && event.producer === name ? event.entries.map(({ key }) => key) : [],
        ),
      );
    expect(keysOf('p1')).toEqual(keysOf('p2'));
  });

  test('leaves the stream when it was told to, and names it', async () => {
    const { result } = await ran({}, { keep: true });
    expect(await kinesis.listStreams()).toEqual([result.kept]);
    await kinesis.deleteStream(result.kept ?? '');
    await kinesis.waitGone(result.kept ?? '', 5000);
  });
});

describe('a run that cannot go on', () => {
  /** Records for a minute: nobody waits for them. */
  const slow: Partial<ResolvedScenario> = {
    producers: [{ type: 'putRecord', name: 'p1', rate: 100 }],
    workload: { keys: 8, recordsPerKey: 1000, payload: { type: 'bytes', size: 200 }, partitionKey: { type: 'even' } },
  };

  test('when interrupted ends at once, removes its stream and leaves a history that can be judged', async () => {
    const stop = new AbortController();
    const clock = systemClock();
    const one = await ran(slow, { signal: stop.signal, onProgress: ({ acked }) => acked === 20 && stop.abort() });
    expect(one.result.reason).toBe('interrupted');
    expect(endOf(one)).toMatchObject({ type: 'end', reason: 'interrupted' });
    expect(one.verdict).toMatchObject({ verdict: 'unknown', complete: false });
    expect(clock.now()).toBeLessThan(5_000_000);
    expect(await kinesis.listStreams()).toEqual([]);
  });

  test('when interrupted while readers go on does not say that their budget was over', async () => {
    const stop = new AbortController();
    const one = await ran({}, { signal: stop.signal, onProgress: ({ phase }) => phase === 'drain' && stop.abort() });
    expect(one.result.reason).toBe('interrupted');
    expect(one.events.filter(({ type }) => type === 'note')).toEqual([]);
  });

  test('when its budget is over fails, naming the budget', async () => {
    const one = await ran({ ...slow, budget: { loadMs: 300, drainMs: 1000, callMs: 1000, reshardMs: 1000 } });
    expect(one.result).toMatchObject({
      reason: 'failed',
      error: {
        code: 'target',
        message: expect.stringMatching(
          /load was not over after \d+ ms \(budget\.loadMs\): \d+ of 8000 records/,
        ) as string,
      },
    });
    expect(endOf(one)).toMatchObject({ type: 'end', reason: 'failed' });
    expect(await kinesis.listStreams()).toEqual([]);
  });

  test('when a reshard is impossible fails, naming the shard, and waits for the producers', async () => {
    const one = await ran({ ...slow, reshard: [{ action: 'SplitShard', afterAcked: 5, shard: 7 }] });
    expect(one.result).toMatchObject({
      reason: 'failed',
      error: { code: 'usage', message: expect.stringContaining('no open shard 7') as string },
    });
    const puts = one.events.filter(({ type }) => type === 'put').length;
    expect(one.events.filter(({ type }) => type === 'ack')).toHaveLength(puts);
  });

  test('when its stream is deleted under it fails with the words of the service', async () => {
    const name = `kinesis-order-r-${runs + 1}-small`;
    let isDeleted = false;
    const one = await ran(
      {
        ...slow,
        workload: { keys: 8, recordsPerKey: 10, payload: { type: 'taxiRide' }, partitionKey: { type: 'even' } },
      },
      {
        onProgress: ({ acked }) => {
          if (acked < 20 || isDeleted) return;
          isDeleted = true;
          void kinesis.deleteStream(name);
        },
      },
    );
    expect(one.result).toMatchObject({
      reason: 'failed',
      error: { message: expect.stringContaining('ResourceNotFoundException') as string },
    });
  });

  test('when the engine dies says so long before the work would be over', async () => {
    const engine = await start();
    const clock = systemClock();
    let stopping: Promise<void> | undefined;
    const one = await ran(
      { ...slow, producers: [{ type: 'putRecord', name: 'p1' }] },
      {
        target: engine,
        onProgress: ({ acked }) => {
          if (acked >= 50) stopping ??= engine.stop();
        },
      },
    );
    await stopping;
    expect(one.result).toMatchObject({
      reason: 'failed',
      error: { code: 'target', message: expect.stringMatching(/no longer answers \(ECONN/) as string },
    });
    expect(one.result.left?.why).toBeDefined();
    expect(clock.now()).toBeLessThan(5_000_000);
  });

  test('leaves no half-written file behind', async () => {
    const files = await readdir(folder, { recursive: true });
    expect(files.filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });
});
