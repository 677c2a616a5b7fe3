import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepFlag } from '../cli/record-flags.ts';
import { removeOldReports } from './keep-reports.ts';

test('the oldest runs go, and nothing else', async () => {
  const out = await mkdtemp(join(tmpdir(), 'keep-'));
  for (const [index, name] of ['r-a', 'r-b', 'r-c', 'r-now'].entries()) {
    await mkdir(join(out, name));
    await utimes(join(out, name), index + 1, index + 1);
  }
  await mkdir(join(out, 'r-Mine'));
  await writeFile(join(out, 'notes.md'), 'mine');
  expect(await removeOldReports(join(out, 'r-now'), 2)).toBe(2);
  expect((await readdir(out)).sort()).toEqual(['notes.md', 'r-Mine', 'r-c', 'r-now']);
  expect(await removeOldReports(join(out, 'r-now'), 1)).toBe(1);
  expect(await removeOldReports(join(out, 'r-now'), 1)).toBe(0);
  await rm(out, { recursive: true });
});

test.each(['0', '-1', '1.5', 'all', ''])('--keep-reports %j is refused', (text) => {
  expect(() => keepFlag(text)).toThrow('--keep-reports');
});
