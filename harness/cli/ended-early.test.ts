import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { checkHistory } from '../judging/check-history.ts';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';

/**
 * Runs that are cut short, as whole processes against an engine that outlives them: what they say, how they end, what
 * they leave.
 */
const scenario = {
  name: 'long',
  why: 'a test',
  workload: { keys: 2, recordsPerKey: 100_000 },
  producers: [{ type: 'putRecord' }],
  budget: { loadMs: 60_000 },
};
let engine: RunningTarget;
let kinesis: Kinesis;
let out = '';
let child: ChildProcess | undefined;
beforeAll(async () => {
  engine = await kinesalite.start({ cacheFolder: '/nowhere' });
  kinesis = createKinesis(engine.client);
});
afterAll(async () => {
  kinesis.close();
  await engine.stop();
});
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'kinesis-order-early-'));
  await writeFile(join(out, 'long.scenario.json'), JSON.stringify(scenario));
  const small = { ...scenario, name: 'small', workload: { keys: 2, recordsPerKey: 50 } };
  await writeFile(join(out, 'small.scenario.json'), JSON.stringify(small));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(out, { recursive: true, force: true });
});

type Ended = { readonly code: number | null; readonly words: () => string };

/** `bash -c` in between only where a limit is set: `exec` leaves one process, whose signals are ours. */
const start = (name: string, limit = ''): { readonly process: ChildProcess; readonly ended: Promise<Ended> } => {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const tsx = fileURLToPath(import.meta.resolve('tsx'));
  const endpoint = engine.client.endpoint ?? '';
  const file = join(out, `${name}.scenario.json`);
  const args = ['--import', tsx, main, 'run', file, '--endpoint', endpoint, '--out', join(out, 'runs')];
  const env = { ...process.env, NO_COLOR: '1' };
  const begun = spawn('bash', ['-c', `${limit} exec "$0" "$@"`, process.execPath, ...args], { env });
  child = begun;
  let words = '';
  begun.stdout.on('data', (chunk: Buffer) => {
    words += chunk.toString();
  });
  begun.stderr.on('data', (chunk: Buffer) => {
    words += chunk.toString();
  });
  return {
    process: begun,
    ended: once(begun, 'close').then(([code]) => ({ code: code as number, words: () => words })),
  };
};

const historyOf = async (name: string): Promise<string> => {
  const runs = (await readdir(join(out, 'runs')).catch(() => [])).filter((run) => run.startsWith('r-'));
  return join(out, 'runs', runs[0] ?? 'none', `${name}.ndjson`);
};
const isUnderWay = async (): Promise<boolean> => {
  const size = (await stat(await historyOf('long')).catch(() => undefined))?.size ?? 0;
  return size > 20_000;
};
const untilUnderWay = (): Promise<boolean> => vi.waitUntil(isUnderWay, { timeout: 20_000, interval: 20 });
const lastLine = async (name: string): Promise<unknown> =>
  JSON.parse((await readFile(await historyOf(name), 'utf8')).trim().split('\n').at(-1) ?? '');

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s: the history ends as interrupted, the stream is removed, 130',
  async (signal) => {
    const { process: run, ended } = start('long');
    await untilUnderWay();
    run.kill(signal);
    const { code, words } = await ended;
    expect(code).toBe(130);
    expect(words()).toContain('long.ndjson');
    expect(await lastLine('long')).toMatchObject({ type: 'end', reason: 'interrupted' });
    expect(await checkHistory(await historyOf('long'))).toMatchObject({ verdict: 'unknown', complete: false });
    expect(await kinesis.listStreams()).toEqual([]);
  },
);

test('SIGINT twice: it ends at once, says what it may have left, and the history can be judged', async () => {
  const { process: run, ended } = start('long');
  await untilUnderWay();
  const isOver = (): boolean => run.exitCode !== null || (run.kill('SIGINT'), false);
  await vi.waitUntil(isOver, { timeout: 5_000, interval: 2 });
  const { code, words } = await ended;
  expect(code).toBe(130);
  expect(words()).toContain('stopped at once: `kinesis-order clean` removes');
  expect(await checkHistory(await historyOf('long'))).toMatchObject({ verdict: 'unknown', complete: false });
  for (const name of await kinesis.listStreams()) await kinesis.deleteStream(name);
  await vi.waitUntil(async () => (await kinesis.listStreams()).length === 0);
});

test('a reader that goes away (`| head -1`) changes nothing: the run is finished, judged and kept', async () => {
  const { process: run, ended } = start('small');
  run.stdout?.once('data', () => run.stdout?.destroy());
  const { code, words } = await ended;
  expect({ code, words: words().split('\n')[0] }).toMatchObject({ code: 0 });
  expect(words()).not.toContain('EPIPE');
  expect(await lastLine('small')).toMatchObject({ type: 'end', reason: 'completed' });
  expect(await readFile(join(out, 'runs', 'latest', 'verdict.json'), 'utf8')).toContain('"holds"');
  expect(await kinesis.listStreams()).toEqual([]);
});

test('a disk that takes no more: the file and the reason are named, 3, what was written is kept, the stream is removed', async () => {
  // Node ignores SIGXFSZ: a write past the limit fails like one on a full disk.
  const { ended } = start('long', 'ulimit -f 64;');
  const { code, words } = await ended;
  expect(code).toBe(3);
  expect(words()).toMatch(/long\.ndjson.*EFBIG/s);
  const verdict = await checkHistory(await historyOf('long'));
  expect(verdict).toMatchObject({ verdict: 'unknown', complete: false });
  expect(verdict.counts.acked).toBeGreaterThan(10);
  expect(await kinesis.listStreams()).toEqual([]);
});

test('a folder in which nothing can be made is told before anything is made', async () => {
  await mkdir(join(out, 'runs'), { recursive: true });
  await rm(join(out, 'runs'), { recursive: true });
  await writeFile(join(out, 'runs'), 'a file');
  const { code, words } = await start('small').ended;
  expect(code).toBe(3);
  expect(words()).toContain('cannot write into the folder');
  expect(words()).toContain('--out');
});
