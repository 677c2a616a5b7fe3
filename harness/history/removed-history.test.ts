import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../lib/clock.ts';
import { openRecorder } from './open-recorder.ts';

const begun = async (): Promise<{
  readonly folder: string;
  readonly path: string;
  readonly close: () => Promise<void>;
}> => {
  const folder = await mkdtemp(join(tmpdir(), 'removed-'));
  const path = join(folder, 'run', 'h.ndjson');
  const head = { type: 'head', format: 'kinesis-order-history', version: 1, run: 'r' } as const;
  const recorder = await openRecorder({ path, head, clock: systemClock() });
  recorder.write({ type: 'note', text: 'one' });
  await recorder.flush();
  recorder.write({ type: 'end', reason: 'completed' });
  return { folder, path, close: recorder.close };
};

test('a history whose folder is removed while it is written is told, by its name and the disk', async () => {
  const { folder, path, close } = await begun();
  await rm(join(folder, 'run'), { recursive: true });
  await expect(close()).rejects.toMatchObject({
    code: 'target',
    message: expect.stringContaining(`cannot write the history ${path}: ENOENT`) as string,
    hint: expect.stringContaining('removed it, or its folder, from the disk') as string,
  });
  await rm(folder, { recursive: true });
});

test('another file in its place is not taken for it', async () => {
  const { folder, path, close } = await begun();
  await writeFile(`${path}.other`, 'other');
  await rename(`${path}.other`, path);
  await expect(close()).rejects.toMatchObject({
    code: 'target',
    message: `cannot write the history ${path}: another file has taken its place`,
  });
  await rm(folder, { recursive: true });
});
