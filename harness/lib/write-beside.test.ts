import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeBeside } from './write-beside.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-beside-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const named = (count: number): string => join(folder, `a${count === 1 ? '' : `-${count}`}.txt`);

test('what is there stays, what is the same is written once, and no draft is left', async () => {
  const names = [];
  for (const text of ['one', 'two', 'one', 'two', 'three']) names.push(await writeBeside(named, text));
  expect(names).toEqual([1, 2, 1, 2, 3].map(named));
  expect(await Promise.all([1, 2, 3].map((count) => readFile(named(count), 'utf8')))).toEqual(['one', 'two', 'three']);
  expect(await readdir(folder)).toEqual(['a-2.txt', 'a-3.txt', 'a.txt']);
});

test('a folder of its name is told', async () => {
  await mkdir(named(1));
  await expect(writeBeside(named, 'one')).rejects.toThrow(`cannot write ${named(1)}: EISDIR`);
  expect(await readdir(folder)).toEqual(['a.txt']);
});
