import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { historiesOf } from './histories-of.ts';
import { newestReport } from './show-report-command.ts';

let out = '';
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'histories-'));
  await mkdir(join(out, 'r-a'));
  await writeFile(join(out, 'r-a', 'h.ndjson'), '');
  await writeFile(join(out, 'r-a', 'report.html'), '');
  await symlink('r-a', join(out, 'latest'));
});
afterEach(() => rm(out, { recursive: true, force: true }));

const listed = async (...paths: readonly string[]): Promise<readonly string[]> =>
  (await historiesOf(paths.map((path) => join(out, path)))).map(({ path }) => path.slice(out.length + 1));

test('the newest run is judged once, under its own name', async () => {
  expect(await listed('')).toEqual(['r-a/h.ndjson']);
  expect(await listed('latest')).toEqual(['latest/h.ndjson']);
  expect(await listed('latest', '', 'r-a/h.ndjson')).toEqual(['latest/h.ndjson']);
  expect(await newestReport(out)).toBe(join(out, 'r-a', 'report.html'));
});

test('a folder that links to itself, and files that links lead to: each file once', async () => {
  await symlink('.', join(out, 'r-a', 'again'));
  await symlink('..', join(out, 'r-a', 'up'));
  await symlink('h.ndjson', join(out, 'r-a', 'a.ndjson'));
  await symlink('nowhere.ndjson', join(out, 'broken.ndjson'));
  expect(await listed('')).toEqual(['r-a/h.ndjson']);
  await mkdir(join(out, 'elsewhere'));
  await rename(join(out, 'r-a', 'h.ndjson'), join(out, 'elsewhere', 'h.ndjson'));
  await symlink('../elsewhere', join(out, 'r-a', 'linked'));
  expect(await listed('r-a')).toEqual(['r-a/linked/h.ndjson']);
});

test('what is no file is no history', async () => {
  await mkdir(join(out, 'empty', 'folder.ndjson'), { recursive: true });
  const [one] = await historiesOf([join(out, 'empty')]);
  expect(one?.unjudged?.message).toContain('there is no history');
});

test('latest as a text file leads to its folder', async () => {
  await rm(join(out, 'latest'));
  await writeFile(join(out, 'latest'), 'r-a\n');
  expect(await listed('latest')).toEqual(['r-a/h.ndjson']);
  expect(await newestReport(join(out, 'latest'))).toBe(join(out, 'r-a', 'report.html'));
});
