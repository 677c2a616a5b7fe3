import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkHistory } from '../check-history.ts';
import { runProcesses } from '../commands/run-processes.ts';
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

test('a recorder that is killed outright leaves a history that can be judged, and says that it is not whole', async () => {
  const { endpoint = '' } = target.client;
  const where = ['--endpoint', endpoint, '--out', folder, '--stream', 'killed', '--shards', '1', '--id', 'json:/seq'];
  const steps = ['put:killed:12', 'say:enough', 'sleep:60000'];
  const program = [process.execPath, file('../testing/program.mjs'), ...steps];
  const child = spawn(process.execPath, ['--import', 'tsx', file('../main.ts'), 'record', ...where, '--', ...program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) if (chunk.includes('enough')) break;
  // What was written is on the disk within 100 ms.
  await new Promise((resolve) => setTimeout(resolve, 300));
  child.kill('SIGKILL');
  await once(child, 'exit');
  const [run = ''] = (await readdir(folder)).filter((name) => name.startsWith('r-'));
  for (const { pid } of await runProcesses(run)) process.kill(pid, 'SIGKILL');
  const verdict = await checkHistory(join(folder, run, 'killed.ndjson'));
  expect([verdict.verdict, verdict.complete, verdict.counts.acked]).toEqual(['unknown', false, 12]);
  expect(verdict.claims.filter((claim) => claim.verdict === 'violated')).toEqual([]);
});
