import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kinesalite } from '../../targets/kinesalite.ts';
import type { RunningTarget } from '../../targets/target.ts';
import { lyingEngine } from '../stand-ins/lying-engine.ts';
import { commandLine } from './command-line.ts';
import { kinds } from './kinds.ts';

/** Every kind ends by itself, with exit code 3 or 4, and names the call. */
const deadlineMs = 90_000;
let engine: RunningTarget;
let cwd = '';
beforeAll(async () => {
  engine = await kinesalite.start({ cacheFolder: '/nowhere' });
  cwd = await mkdtemp(join(tmpdir(), 'kinesis-order-misbehaving-'));
  const scenario = {
    name: 'small',
    why: 'an engine misbehaves',
    stream: { shards: 2 },
    workload: { keys: 4, recordsPerKey: 8 },
    producers: [{ type: 'putRecord' }],
    consumers: [{ type: 'getRecords' }],
    budget: { callMs: 300, loadMs: 2000, drainMs: 1000, reshardMs: 1000 },
  };
  await writeFile(join(cwd, 'small.scenario.json'), JSON.stringify(scenario));
  const producers = [{ type: 'putRecords', batch: 4 }];
  await writeFile(join(cwd, 'batched.scenario.json'), JSON.stringify({ ...scenario, name: 'batched', producers }));
});
afterAll(async () => {
  await engine.stop();
  await rm(cwd, { recursive: true, force: true });
});

describe.concurrent('run, on an engine of which', () => {
  test.each(kinds)('$name', async ({ lie, names, codes, isBatched = false }) => {
    const lying = await lyingEngine(engine.client.endpoint ?? '', lie);
    try {
      const file = isBatched ? 'batched.scenario.json' : 'small.scenario.json';
      const args = ['run', file, '--endpoint', lying.endpoint, '--seed', '1', '--provision', 'api'];
      const { code, words, ms } = await commandLine(args, { cwd, deadlineMs });
      expect([code, ms < deadlineMs], words).toEqual([expect.toSatisfy((one: number) => codes.includes(one)), true]);
      expect(words).toMatch(names);
      expect(words).not.toMatch(/\n {4}at /);
    } finally {
      await lying.close();
    }
  });
});

test('no incomplete file is left', async () => {
  const files = await readdir(cwd, { recursive: true });
  expect(files.filter((name) => name.endsWith('.tmp'))).toEqual([]);
});
