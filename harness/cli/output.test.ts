import { link, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HarnessError } from '../lib/error.ts';
import { assertNoInput, parseOutputs } from './output.ts';

test.each([
  [['terminal', 'json'], undefined],
  [['terminal', 'terminal=a.txt', 'json=b', 'junit'], undefined],
  [['json', 'junit'], '--reporter json and --reporter junit would both be written to standard output'],
  [['github', 'github'], 'both be written to standard output'],
  [['json=a', 'junit=./a'], '--reporter json=a and --reporter junit=./a would both be written to ./a'],
  [['junit='], '--reporter junit=: there is no file behind the ='],
  [['terminal='], 'there is no file'],
  [['pdf'], 'there is no reporter "pdf"'],
])('--reporter %j', (texts, words) => {
  const parse = (): unknown => parseOutputs(texts);
  if (words === undefined) expect(parse()).toHaveLength(texts.length);
  else {
    expect(parse).toThrow(words);
    expect(parse).toThrow(HarnessError);
  }
});

test('a file that is read is not written over, whatever it is called', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'output-'));
  const file = join(folder, 'h.ndjson');
  await writeFile(file, '');
  await symlink('h.ndjson', join(folder, 'link'));
  await link(file, join(folder, 'hard'));
  for (const name of ['h.ndjson', './h.ndjson', 'link', 'hard'])
    await expect(assertNoInput([`${folder}/${name}`], [undefined, file])).rejects.toThrow(
      `${folder}/${name} is read, and would be written over`,
    );
  await assertNoInput([undefined, join(folder, 'new'), '/dev/null'], [file, '-', '/dev/null']);
  await rm(folder, { recursive: true });
});
