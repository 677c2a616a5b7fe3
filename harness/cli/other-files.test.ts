import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HarnessError } from '../lib/error.ts';
import { inOrder } from '../testing/generators/two-records.ts';
import { baselineOf } from './compare-baseline.ts';
import { mergeCommand } from './merge-command.ts';
import { showCommand } from './show-command.ts';
import { splitCommand, summaryCommand } from './split-command.ts';

/** Files that are no histories, deep ones, devices, and folders that cannot be made: in words, and soon. */
let folder = '';
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'other-files-'));
  const [head] = inOrder().lines;
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  await writeFile(at('deep.json'), deep);
  await writeFile(at('deep.ndjson'), `${JSON.stringify(head)}\n${deep}\n`);
  const good = inOrder().end().lines;
  await writeFile(at('good.ndjson'), `${good.map((line) => JSON.stringify(line)).join('\n')}\n`);
  for (const name of ['deep', 'device']) await mkdir(at(name));
  await writeFile(join(at('deep'), 'a.summary.json'), deep);
  await symlink('/dev/zero', join(at('device'), 'a.summary.json'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const cases: Readonly<Record<string, readonly [() => Promise<unknown>, string, string]>> = {
  'split a history with a line that is none': [
    () => splitCommand(at('deep.ndjson'), { parts: 2, out: at('parts') }),
    'usage',
    'deep.ndjson: line 2: ',
  ],
  'split into what is a file': [
    () => splitCommand(at('good.ndjson'), { parts: 2, out: at('deep.json') }),
    'target',
    'cannot make the folder',
  ],
  'summarise one': [() => summaryCommand([at('deep.ndjson')]), 'usage', 'cannot read the part'],
  'show one': [() => showCommand(at('deep.ndjson'), {}), 'usage', 'deep.ndjson: line 2: '],
  'merge a deep summary': [() => mergeCommand(at('deep'), {}), 'usage', 'a.summary.json: is not a summary'],
  'merge a device': [() => mergeCommand(at('device'), {}), 'usage', 'a.summary.json: it is a device, not a file'],
  'compare with a deep file': [() => baselineOf(at('deep.json'), []), 'usage', 'deep.json: '],
  'compare with a device': [() => baselineOf('/dev/zero', []), 'usage', '/dev/zero: it is a device, not a file'],
};

test.each(Object.entries(cases))('%s', async (_, [work, code, words]) => {
  const thrown: unknown = await work().catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(HarnessError);
  expect((thrown as HarnessError).code).toBe(code);
  expect((thrown as HarnessError).message).toContain(words);
});
