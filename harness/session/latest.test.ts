import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { linkLatest, throughLatest } from './latest.ts';

let out = '';
const run = (name: string): string => join(out, name);
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'latest-'));
  for (const name of ['r-1', 'r-2']) await mkdir(run(name));
});
afterEach(() => rm(out, { recursive: true, force: true }));

test('latest follows the newest run, and is there at every moment', async () => {
  expect(await linkLatest(run('r-1'))).toBeUndefined();
  expect(await readlink(run('latest'))).toBe('r-1');
  let [isDone, missed, looked] = [false, 0, 0];
  const looking = (async () => {
    while (!isDone) {
      await readlink(run('latest')).catch(() => (missed += 1));
      looked += 1;
    }
  })();
  for (let round = 0; round < 100; round += 1) await linkLatest(run(`r-${1 + (round % 2)}`));
  isDone = true;
  await looking;
  expect(looked).toBeGreaterThan(10);
  expect(missed).toBe(0);
  expect((await readdir(out)).sort()).toEqual(['latest', 'r-1', 'r-2']);
});

test('without links it is a text file, which is replaced too', async () => {
  const noLinks = (): Promise<never> => Promise.reject(new Error('EPERM'));
  for (const name of ['r-1', 'r-2']) {
    expect(await linkLatest(run(name), noLinks)).toBeUndefined();
    expect(await readFile(run('latest'), 'utf8')).toBe(`${name}\n`);
    expect(await throughLatest(run('latest'))).toBe(run(name));
  }
  expect(await linkLatest(run('r-1'))).toBeUndefined();
  expect(await readlink(run('latest'))).toBe('r-1');
});

test("a folder or a file of the user's stays, and that is said", async () => {
  await mkdir(run('latest'));
  await writeFile(join(run('latest'), 'mine'), '');
  expect(await linkLatest(run('r-1'))).toMatch(
    /latest is a folder of yours, and stays as it is: the newest run is .*r-1/,
  );
  expect(await readdir(run('latest'))).toEqual(['mine']);
  await rm(run('latest'), { recursive: true });
  await writeFile(run('latest'), 'my notes');
  expect(await linkLatest(run('r-1'))).toContain('latest is a file of yours');
  expect(await readFile(run('latest'), 'utf8')).toBe('my notes');
});
