import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import type { Verdict } from '../model/verdict.ts';
import { aliveReason } from '../session/alive.ts';
import { run } from '../session/run-scenario.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { cleanCommand } from './clean-command.ts';
import { runCommand } from './run-command.ts';

/**
 * One engine, several runs at once: by `--workers` in one process, and as two runs that know nothing of each other.
 */
const small = {
  name: 'small',
  why: 'a test',
  workload: { keys: 2, recordsPerKey: 20 },
  producers: [{ type: 'putRecord' }],
} as const;

let engine: RunningTarget;
let kinesis: Kinesis;
let endpoint = '';
let out = '';
let said = '';
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'kinesis-order-two-'));
  engine = await kinesalite.start({ region: 'us-east-1', cacheFolder: out });
  endpoint = engine.client.endpoint ?? '';
  // Kinesalite keeps streams by region, not by account.
  kinesis = createKinesis(engine.client);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterAll(async () => {
  vi.restoreAllMocks();
  kinesis.close();
  await engine.stop();
  await rm(out, { recursive: true, force: true });
});

const suite = async (folder: string, workers: string): Promise<Verdict> => {
  const split = { ...small, name: 'split', reshard: [{ action: 'SplitShard', afterAcked: 10 }] };
  const batched = { ...small, name: 'batched', producers: [{ type: 'putRecords', batch: 10 }] };
  const file = join(out, 'suite.scenario.json');
  await writeFile(file, JSON.stringify([split, small, batched, { ...small, name: 'last' }]));
  const flags = { endpoint, workers, seed: '3', repeat: '2', out: join(out, folder), reporter: ['json=/dev/null'] };
  expect(await runCommand([file], flags)).toBe(0);
  return JSON.parse(await readFile(join(out, folder, 'latest', 'verdict.json'), 'utf8')) as Verdict;
};

test('four at once have the verdicts of one after the other, in the same order', { timeout: 120_000 }, async () => {
  const claimsOf = ({ histories }: Verdict) =>
    histories.map(({ path, verdict, claims, counts }) => ({
      path: path
        .split('/')
        .slice(-2)
        .join('/')
        .replace(/^r-[0-9a-z]+/, ''),
      verdict,
      counts,
      claims: claims.map(({ anomaly, expect: wanted, verdict: word }) => `${anomaly} ${wanted} ${word}`),
    }));
  const serial = claimsOf(await suite('serial', '1'));
  expect(serial.map(({ path }) => path)).toHaveLength(8);
  expect(claimsOf(await suite('parallel', '4'))).toEqual(serial);
});

test('two runs at once have streams of their own, both hold, and nothing is left', async () => {
  const seen = new Set<string>();
  const watching = setInterval(
    () => void kinesis.listStreams().then((names) => names.forEach((name) => seen.add(name))),
    5,
  );
  const both = await Promise.all([run(small, { endpoint, out }), run(small, { endpoint, out })]);
  clearInterval(watching);
  expect(both.map(({ verdict }) => verdict)).toEqual(['holds', 'holds']);
  expect(seen.size).toBe(2);
  expect(await kinesis.listStreams()).toEqual([]);
});

test('clean keeps the streams of a run that goes on alone, unless it is asked for all', async () => {
  const stop = new AbortController();
  const long = { ...small, workload: { keys: 2, recordsPerKey: 50_000 } };
  const going = run(long, { endpoint, out, signal: stop.signal });
  await vi.waitUntil(async () => (await kinesis.listStreams()).length === 1, { timeout: 10_000 });
  said = '';
  expect(await cleanCommand({ endpoint, yes: true })).toBe(0);
  expect(said).toMatch(
    new RegExp(`left alone: stream kinesis-order-r-\\w+-small \\(process ${process.pid} runs it\\)`),
  );
  expect(await kinesis.listStreams()).toHaveLength(1);
  expect(await cleanCommand({ endpoint, yes: true, all: true })).toBe(0);
  expect(await kinesis.listStreams()).toEqual([]);
  stop.abort();
  await going.catch(() => undefined);
});

test('a run of another machine counts as going on for an hour; what is no run of ours never does', async () => {
  const began = 1_795_000_000_000;
  const id = `r-${began.toString(36)}abc`;
  expect(await aliveReason(`${id}-2`, began + 120_000)).toBe('it began 2 minutes ago, on another machine');
  expect(await aliveReason(id, began + 3_600_000)).toBeUndefined();
  expect(await aliveReason('e-17', began)).toBeUndefined();
});
