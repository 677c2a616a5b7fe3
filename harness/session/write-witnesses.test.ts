import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkHistory } from '../judging/check-history.ts';
import { outOfOrder } from '../testing/generators/two-records.ts';
import { withWitnesses } from './write-witnesses.ts';

let out = '';
let source = '';
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'witnesses-'));
  source = join(out, 'h.ndjson');
  const { lines } = outOfOrder().end();
  await writeFile(source, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
});
afterEach(() => rm(out, { recursive: true, force: true }));

test('a link in the place of a witness is replaced, and what it leads to stays', async () => {
  const folder = join(out, 'small');
  const secret = join(out, 'secret');
  await mkdir(folder);
  await writeFile(secret, 'precious');
  const place = join(folder, 'mine.key-reorder.witness.ndjson');
  await symlink(secret, place);
  const { witnesses } = await withWitnesses(source, await checkHistory(source), {
    folder,
    name: 'mine',
    onlyViolations: true,
  });
  expect(witnesses?.map(({ path }) => path)).toContain(place);
  expect(await readFile(secret, 'utf8')).toBe('precious');
  expect((await lstat(place)).isSymbolicLink()).toBe(false);
  expect(await checkHistory(place)).toMatchObject({ verdict: 'violated' });
});

test('a folder in its place is told, and the verdict stays', async () => {
  const folder = join(out, 'small');
  await mkdir(join(folder, 'h.key-reorder.witness.ndjson'), { recursive: true });
  const judged = await withWitnesses(source, await checkHistory(source), { folder, onlyViolations: true });
  expect(judged.verdict).toBe('violated');
  expect(judged.aloud.join('\n')).toMatch(/key-reorder: its witness was not written: cannot write .*h\.key-reorder/);
});

test('witnesses of another history in the same folder stay, also where two are written at once', async () => {
  const folder = join(out, 'small');
  const paths = await Promise.all(
    ['r-one', 'r-two', 'r-two'].map(async (run, index) => {
      const { lines } = outOfOrder({ run }).end();
      const path = join(out, String(index), 'h.ndjson');
      await mkdir(join(out, String(index)));
      await writeFile(path, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
      const verdict = await checkHistory(path);
      const { witnesses } = await withWitnesses(path, verdict, { folder, onlyViolations: true });
      return witnesses?.map((witness) => witness.path)[0] ?? '';
    }),
  );
  const runs = await Promise.all(paths.map(async (path) => /"run":"(.*?)"/.exec(await readFile(path, 'utf8'))?.[1]));
  expect(runs).toEqual(['r-one', 'r-two', 'r-two']);
  expect((await readdir(folder)).sort()).toEqual(['h-2.key-reorder.witness.ndjson', 'h.key-reorder.witness.ndjson']);
});
