import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { assertEnds } from '../lib/assert-ends.ts';
import { HarnessError, messageOf } from '../lib/error.ts';

/**
 * Calls `use` with a path that can be read more than once. Standard input (`-`) and pipes (`<(…)`) are copied to a
 * temporary file first, which is removed at the end.
 */
export const seekable = async <T>(
  path: string,
  use: (path: string) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> => {
  if (path !== '-' && !(await isPipe(path))) return use(path);
  await assertEnds(path);
  const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-stdin-'));
  try {
    const file = join(folder, 'stdin.ndjson');
    await copy(path, file, signal);
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const isPipe = async (path: string): Promise<boolean> => {
  const info = await stat(path).catch(() => undefined);
  return info !== undefined && !info.isFile() && !info.isDirectory();
};

const copy = async (path: string, file: string, signal: AbortSignal | undefined): Promise<void> => {
  const [from, name] = path === '-' ? [process.stdin, 'standard input'] : [createReadStream(path), path];
  try {
    await pipeline(from, createWriteStream(file), signal === undefined ? {} : { signal });
  } catch (thrown) {
    if (signal?.aborted === true) throw new HarnessError('interrupted', `stopped while reading ${name}`);
    throw new HarnessError('target', `cannot keep ${name}: ${messageOf(thrown)}`, {
      hint: 'a history is read twice; set TMPDIR to a folder with room for it, or give a file',
      cause: thrown,
    });
  }
};
