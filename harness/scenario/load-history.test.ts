import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadScenarios } from './load.ts';

test('a history is no scenario: the verb that judges it is named', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'kinesis-order-load-'));
  await writeFile(join(cwd, 'h.ndjson'), '');
  const options = { patterns: ['h.ndjson'], cwd, seed: '1', folder: cwd } as never;
  await expect(loadScenarios(options)).rejects.toMatchObject({
    message: 'h.ndjson: this is a history, and run takes scenarios',
    hint: 'npx kinesis-order check h.ndjson judges it',
  });
  await rm(cwd, { recursive: true });
});
