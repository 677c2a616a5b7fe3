import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workersFor, workersIn } from './check-workers.ts';

let folder = '';
/** A file with a hole: it has the size and takes no room. */
const fileOf = async (name: string, bytes: number): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, '');
  await truncate(path, bytes);
  return path;
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-workers-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const limit = 256 * 1024 * 1024;

describe('how many threads check a history, if nobody says', () => {
  it.each([
    ['large.ndjson', limit, 2, 2],
    ['large.ndjson', limit, 1, 1],
    ['small.ndjson', limit - 1, 8, 1],
    ['packed.ndjson.gz', limit, 8, 1],
  ])('%s of %d bytes on %d cores: %d', async (name, bytes, cores, threads) => {
    expect(await workersFor(await fileOf(name, bytes), cores)).toBe(threads);
  });

  it('leaves a file that is not there to whoever reads it', async () => {
    expect(await workersFor(join(folder, 'nowhere.ndjson'), 8)).toBe(1);
  });

  it('takes what is said, and refuses what is no count', () => {
    expect(workersIn({ workers: '1' })).toEqual({ workers: 1 });
    expect(workersIn({})).toEqual({});
    expect(() => workersIn({ workers: '0' })).toThrow('--workers');
  });
});
