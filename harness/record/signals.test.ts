import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProcesses } from '../commands/run-processes.ts';
import { checkHistory } from '../judging/check-history.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
let folder: string;
let target: RunningTarget;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-killed-'));
  target = await kinesalite.start({ cacheFolder: folder });
});
afterAll(async () => {
  await target.stop();
  await rm(folder, { recursive: true, force: true });
});

type Started = {
  readonly child: ChildProcess;
  readonly said: () => string;
  /** Resolves when it has printed this. */
  readonly until: (text: string) => Promise<void>;
  readonly code: Promise<number | null>;
};

const start = (out: string, flags: readonly string[], steps?: readonly string[]): Started => {
  const where = ['--endpoint', target.client.endpoint ?? '', '--out', join(folder, out), '--id', 'json:/seq', ...flags];
  const command =
    steps === undefined ? [] : ['--', process.execPath, file('../testing/stand-ins/program.mjs'), ...steps];
  const child = spawn(process.execPath, ['--import', 'tsx', file('../main.ts'), 'record', ...where, ...command], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  const waiting: (() => void)[] = [];
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    for (const look of waiting) look();
  });
  return {
    child,
    said: () => text,
    until: (wanted) =>
      new Promise((resolve) => {
        const look = (): void => void (text.includes(wanted) && resolve());
        waiting.push(look);
        look();
      }),
    code: once(child, 'close').then(([code]) => code as number | null),
  };
};

test('a recorder that is killed outright leaves a history that can be judged, and says that it is not whole', async () => {
  const flags = ['--stream', 'killed', '--shards', '1'];
  const { child, until, code } = start('killed', flags, ['put:killed:12', 'say:enough', 'sleep:60000']);
  await until('enough');
  // What was written is on the disk within 100 ms.
  await new Promise((resolve) => setTimeout(resolve, 300));
  child.kill('SIGKILL');
  await code;
  const [run = ''] = (await readdir(join(folder, 'killed'))).filter((name) => name.startsWith('r-'));
  for (const { pid } of await runProcesses(run)) process.kill(pid, 'SIGKILL');
  const verdict = await checkHistory(join(folder, 'killed', run, 'killed.ndjson'));
  expect([verdict.verdict, verdict.complete, verdict.counts.acked]).toEqual(['unknown', false, 12]);
  expect(verdict.claims.filter((claim) => claim.verdict === 'violated')).toEqual([]);
});

test('Ctrl-C is passed on to the command; what was recorded is read to its end, and the exit code is 130', async () => {
  const flags = ['--stream', 'stopped', '--shards', '1'];
  const { child, until, code, said } = start('stopped', flags, ['put:stopped:6', 'say:enough', 'sleep:60000']);
  await until('enough');
  child.kill('SIGINT');
  expect(await code).toBe(130);
  const verdict = await checkHistory(join(folder, 'stopped', 'latest', 'stopped.ndjson'));
  expect([verdict.verdict, verdict.counts.acked, verdict.counts.read]).toEqual(['unknown', 6, 6]);
  expect(said()).toMatch(/interrupted/);
});

test('without a command a signal is how it ends: the exit code is that of the verdict', async () => {
  const { child, until, code, said } = start('listening', ['--listen', '0']);
  await until('recording at');
  const endpoint = /recording at (\S+)/.exec(said())?.[1] ?? '';
  const program = [file('../testing/stand-ins/program.mjs'), 'create:listened', 'put:listened:8'];
  await once(spawn(process.execPath, program, { env: { ...process.env, PROGRAM_ENDPOINT: endpoint } }), 'exit');
  child.kill('SIGTERM');
  expect(await code).toBe(0);
});
