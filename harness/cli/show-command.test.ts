import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inOrder } from '../testing/generators/two-records.ts';
import { storyOf } from './show-command.ts';

const { lines } = inOrder().end();
let path = '';
beforeAll(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'show-command-')), 'good.ndjson');
  await writeFile(path, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
});
afterAll(() => rm(join(path, '..'), { recursive: true, force: true }));

const overview = async (whole: number): Promise<string> =>
  (await storyOf(path, { key: undefined, shard: undefined, lines: undefined }, whole)).join('\n');

test('a summary that does not cover all lines says so, because the end of the history seems to be missing', async () => {
  const part = await overview(lines.length - 1);
  const [count, all] = [lines.length - 1, lines.length];
  expect(part).toMatch(new RegExp(`^a summary of the first ${count} of ${all} lines: `));
  expect(part).toContain(`${count} lines over`);
  expect(part).toContain('without an end');
});

test('a summary of all lines says nothing of others', async () => {
  const text = await overview(lines.length);
  expect(text).not.toContain('a summary of');
  expect(text).toContain(`${lines.length} lines over`);
  expect(text).toContain('ended completed');
});
