import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { headroomFold } from '../headroom/headroom.ts';
import { history } from '../testing/generators/history-builder.ts';
import { checkWithHeadroom } from './check-with-headroom.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-headroom-'));
});
afterAll(() => rm(folder, { recursive: true }));

const { lines } = ['a', 'é', 'b', 'a "quoted" one', 'a'].reduce(
  (built, key, index) => built.put(key, index === 4 ? 1 : 0).ok(10 + index),
  history(),
);
const written = async (): Promise<string> => {
  const path = join(folder, 'one.ndjson');
  await writeFile(path, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
  return path;
};

test('a file is counted as its lines are, whichever way they were decoded', async () => {
  const fold = headroomFold();
  for (const line of lines) fold.take(line);
  const { headroom } = await checkWithHeadroom(await written(), {}, 'all');
  expect(headroom).toMatchObject({ records: 5, calls: 5 });
  expect(headroom).toEqual(fold.result());
});

test('the verdict does not depend on it', async () => {
  const path = await written();
  const { headroom, untested: _untested, ...verdict } = await checkWithHeadroom(path, {});
  expect(headroom).toBeDefined();
  expect(await checkWithHeadroom(path, {}, 'none')).toEqual(verdict);
});
