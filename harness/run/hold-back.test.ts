import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkHistory } from '../judging/check-history.ts';
import { systemClock } from '../lib/clock.ts';
import type { ScenarioInput } from '../scenario/input.ts';
import { resolveScenario } from '../scenario/resolve.ts';
import { vocabulary } from '../session/catalog.ts';
import { endpoint } from '../targets/endpoint.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { type LyingEngine, lyingEngine, type Output } from '../testing/stand-ins/lying-engine.ts';
import { HoldBack } from './hold-back.ts';
import { run } from './run.ts';

const updatingMs = 600;
let behind: RunningTarget;
let slow: LyingEngine;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-hold-'));
  behind = await kinesalite.start({ cacheFolder: '/nowhere' });
  slow = await reshardsSlowly(behind.client.endpoint ?? '');
});
afterAll(async () => {
  await slow.close();
  await behind.stop();
  await rm(folder, { recursive: true, force: true });
});

/** As AWS: a reshard is answered at once, and takes effect when the stream has been UPDATING for a while. */
const reshardsSlowly = (upstream: string): Promise<LyingEngine> => {
  const clock = systemClock();
  let updatingUntil = 0;
  const isUpdating = (): boolean => clock.now() / 1000 < updatingUntil;
  let before: Output | undefined;
  return lyingEngine(upstream, {
    change: ({ action }, output) => {
      if (action === 'SplitShard' || action === 'MergeShards') updatingUntil = clock.now() / 1000 + updatingMs;
      if (action === 'ListShards') before = isUpdating() ? before : output;
      if (action === 'ListShards') return before ?? output;
      if (action !== 'DescribeStreamSummary' || !isUpdating()) return output;
      const summary = output['StreamDescriptionSummary'] as Output;
      return { StreamDescriptionSummary: { ...summary, StreamStatus: 'UPDATING' } };
    },
  });
};

const scenario: ScenarioInput = {
  name: 'slow-split',
  why: 'a reshard that takes longer than the load',
  stream: { shards: 1 },
  workload: { keys: 4, recordsPerKey: 10 },
  producers: [{ type: 'putRecord' }],
  consumers: [{ type: 'getRecords' }],
  reshard: [{ action: 'SplitShard', afterAcked: 10, shard: 0 }],
};

describe('a reshard that takes longer than the load', () => {
  test('is crossed by the records that were held back, and the run is judged', async () => {
    const target = await endpoint.start({ endpoint: slow.endpoint, cacheFolder: '/nowhere' });
    const { history, error } = await run({
      scenario: resolveScenario(scenario, { file: 'here', vocabulary, seed: '1' }),
      target,
      keep: false,
      signal: new AbortController().signal,
      clock: systemClock(),
      folder,
      run: 'r-hold',
      allowResources: false,
      provision: 'api',
    });
    expect(error).toBeUndefined();
    const { verdict, unknown, power } = await checkHistory(history);
    expect([verdict, unknown]).toEqual(['holds', []]);
    expect(power).toMatchObject({ keysAcrossReshard: 4 });
    const lines = (await readFile(history, 'utf8')).split('\n');
    const tookEffect = lines.findIndex((line) => line.includes('"type":"reshard"') && line.includes('"phase":"ok"'));
    const after = lines.slice(tookEffect).filter((line) => line.includes('"type":"put"') && !line.includes('sentinel'));
    expect([tookEffect > 0, after.length]).toEqual([true, 15]);
  });
});

const held = (acked: () => number, signal = new AbortController().signal): HoldBack =>
  new HoldBack({ reshard: [{ afterAcked: 4 }], planned: 10, acked, clock: systemClock(), signal });
const soon = (): Promise<string> => new Promise((resolve) => setImmediate(() => resolve('held')));

describe('records', () => {
  test('go until half of what is left was sent, and the rest when the reshard took effect', async () => {
    let acked = 0;
    const hold = held(() => acked);
    const sent: number[] = [];
    const all = (async () => {
      for (let n = 1; n <= 10; n += 1) {
        await hold.send(1, async () => {
          acked += 1;
          sent.push(n);
        });
      }
      return 'sent';
    })();
    expect(await Promise.race([all, soon()])).toBe('held');
    expect(sent).toEqual([1, 2, 3, 4, 5, 6, 7]);
    hold.begin();
    hold.end();
    expect(await all).toBe('sent');
    expect(sent).toHaveLength(10);
  });

  test('that failed hold nobody: what is not acknowledged asks for no reshard', async () => {
    const hold = held(() => 0);
    const all = Promise.all(Array.from({ length: 30 }, () => hold.send(1, () => Promise.resolve('failed'))));
    expect(await all).toHaveLength(30);
  });

  test('are let go, and not sent, when the run ends', async () => {
    const over = new AbortController();
    const hold = held(() => 7, over.signal);
    const sending = hold.send(1, () => Promise.resolve('sent'));
    over.abort();
    expect(await sending).toBeUndefined();
  });
});
