import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { type CannedStreamOptions, cannedStream } from '../testing/stand-ins/canned-stream.ts';
import { arms } from './arms.ts';
import { percentile } from './latencies.ts';
import { type CompareSaid, planCompare } from './plan-compare.ts';
import type { Row } from './result.ts';
import { runCompare } from './run-compare.ts';

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

const client = fileURLToPath(new URL('../testing/stand-ins/open-loop-client.mjs', import.meta.url));

const tries = 5;

/** A comparison of one arm at a server whose every answer takes a time that is known. */
const atServer = async (
  options: Omit<CannedStreamOptions, 'upstream'>,
  said: CompareSaid,
): Promise<{ readonly row: Row }> => {
  const server = await cannedStream({ ...options, upstream: target.client.endpoint ?? '' });
  try {
    const plan = await planCompare({ ...said, rounds: 1, seed: '1', out: folder }, () => Promise.resolve(true));
    const at = { ...target, client: { ...target.client, endpoint: server.endpoint } };
    const signal = new AbortController().signal;
    const { rows } = await runCompare({ plan, target: at, signal, onBegin: () => undefined });
    if (rows[0] === undefined) throw new Error('one arm has one row');
    return { row: rows[0] };
  } finally {
    await server.close();
  }
};

const independent = async (
  options: Omit<CannedStreamOptions, 'upstream'>,
  rate: number,
  count: number,
): Promise<readonly number[]> => {
  const server = await cannedStream({ ...options, upstream: '' });
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [
      client,
      server.endpoint,
      String(rate),
      String(count),
    ]);
    return (JSON.parse(stdout) as number[]).toSorted((a, b) => a - b);
  } finally {
    await server.close();
  }
};

const msOf = (latencies: Row['dueToAcked'], share: number): number => (percentile(latencies, share) ?? 0) / 1000;

describe('a server that pauses for one second', () => {
  const paused = { delayMs: () => 1, pause: { atPut: 300, ms: 1000 } };
  const thousand = { rate: 100, seconds: 10 };

  test('shows in the p99 of a serial client from when its puts were due; from when they were sent it would be hidden', async () => {
    const serial = { name: 'put-record-snfo', ...arms['put-record-snfo'] };
    const { row } = await atServer(paused, { ...thousand, arms: [serial] });
    expect(row.dueToAcked.count).toBe(1000);
    // 100 puts became due in that second; the hundredth part of all puts waited for nine tenths of it.
    expect(msOf(row.dueToAcked, 0.99)).toBeGreaterThan(890);
    expect(msOf(row.sentToAcked, 0.99)).toBeLessThan(500);
    expect(row.dueToAcked.max / 1000).toBeGreaterThan(1000);
    expect(row.mostWaiting).toBeGreaterThan(80);
  });

  test('shows in the p99 of a client that has enough calls in flight', async () => {
    const producer = { type: 'putRecord', inFlight: 400 };
    const { row } = await atServer(paused, { ...thousand, arms: [{ name: 'wide', what: 'wide', producer }] });
    expect(msOf(row.dueToAcked, 0.99)).toBeGreaterThan(890);
    expect(msOf(row.dueToAcked, 0.99)).toBeLessThan(2000);
  });
});

test('latencies agree within 5 % with a client that knows nothing of this tool', async () => {
  // From 200 to 400 ms, in an order that is no ramp.
  const known = { delayMs: (put: number) => 200 + ((put * 7919) % 1000) / 5 };
  const arm = { name: 'wide', what: 'wide', producer: { type: 'putRecord', inFlight: 400 } };
  const apart: number[] = [];
  // Whatever else the machine does adds to one of them or to the other, never takes away: the nearest of a few counts.
  while (apart.length < tries && !(Math.min(...apart) < 0.05)) {
    const { row } = await atServer(known, { rate: 100, seconds: 10, arms: [arm] });
    const other = await independent(known, 100, 1000);
    const ratios = [0.5, 0.9, 0.99].map((share) => {
      const theirs = other[Math.ceil(share * other.length) - 1] ?? 0;
      return Math.abs(msOf(row.dueToAcked, share) / theirs - 1);
    });
    apart.push(Math.max(...ratios));
  }
  expect(Math.min(...apart)).toBeLessThan(0.05);
});
