import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { compareAt } from '../testing/stand-ins/compare-at.ts';
import { arms } from './arms.ts';
import { percentile } from './latencies.ts';
import type { Row } from './result.ts';

let folder = '';
let target: RunningTarget;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-compare-'));
  target = await kinesalite.start({ cacheFolder: '/nowhere' });
});
afterAll(async () => {
  await target.stop();
  await rm(folder, { recursive: true, force: true });
});

const msOf = (latencies: Row['dueToAcked'], share: number): number => (percentile(latencies, share) ?? 0) / 1000;

describe('a server that pauses for one second', () => {
  const paused = { delayMs: () => 1, pause: { atPut: 300, ms: 1000 } };
  const thousand = { rate: 100, seconds: 10 };

  test('shows in the p99 of a serial client from when its puts were due; from when they were sent it would be hidden', async () => {
    const serial = { name: 'put-record-snfo', ...arms['put-record-snfo'] };
    const { row } = await compareAt(paused, { target, folder }, { ...thousand, arms: [serial] });
    expect(row.dueToAcked.count).toBe(1000);
    // 100 puts became due in that second; the hundredth part of all puts waited for nine tenths of it.
    expect(msOf(row.dueToAcked, 0.99)).toBeGreaterThan(890);
    expect(msOf(row.sentToAcked, 0.99)).toBeLessThan(500);
    expect(row.dueToAcked.max / 1000).toBeGreaterThan(1000);
    expect(row.mostWaiting).toBeGreaterThan(80);
  });

  test('shows in the p99 of a client that has enough calls in flight', async () => {
    const producer = { type: 'putRecord', inFlight: 400 };
    const { row } = await compareAt(
      paused,
      { target, folder },
      { ...thousand, arms: [{ name: 'wide', what: 'wide', producer }] },
    );
    expect(msOf(row.dueToAcked, 0.99)).toBeGreaterThan(890);
    expect(msOf(row.dueToAcked, 0.99)).toBeLessThan(2000);
  });
});
