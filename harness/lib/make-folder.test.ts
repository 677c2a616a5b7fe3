import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeFolder } from './make-folder.ts';

let base = '';
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'kinesis-order-folder-'));
});
afterAll(() => rm(base, { recursive: true, force: true }));

it('makes a folder and those above it, and is content with one that is there', async () => {
  const folder = join(base, 'a', 'b', 'c');
  await makeFolder(folder);
  await makeFolder(folder);
  expect((await stat(folder)).isDirectory()).toBe(true);
});

it('two may make the same folder at once', async () => {
  for (let time = 0; time < 100; time += 1) {
    const folder = join(base, `d${time}`, 'e', 'f');
    await Promise.all([folder, folder, join(folder, 'g'), join(folder, 'h', 'i'), folder].map(makeFolder));
    expect((await stat(join(folder, 'h', 'i'))).isDirectory()).toBe(true);
  }
});

it('refuses a path through a file', async () => {
  await writeFile(join(base, 'file'), '');
  await expect(makeFolder(join(base, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(join(base, 'file', 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

it.runIf(platform() === 'linux')('ends where the parent is there and yet nothing can be made in it', async () => {
  await expect(makeFolder('/proc/nowhere/below')).rejects.toMatchObject({ code: 'ENOENT' });
});
