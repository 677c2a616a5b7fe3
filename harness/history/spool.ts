import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { HarnessError, messageOf } from '../lib/error.ts';

/** A history that can be read more than once: standard input (`-`) is written to a file of its own first, which goes when it is done with. */
export const seekable = async <T>(
  path: string,
  use: (path: string) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> => {
  if (path !== '-') return use(path);
  const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-stdin-'));
  try {
    const file = join(folder, 'stdin.ndjson');
    await copyStdin(file, signal);
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const copyStdin = async (file: string, signal: AbortSignal | undefined): Promise<void> => {
  try {
    await pipeline(process.stdin, createWriteStream(file), signal === undefined ? {} : { signal });
  } catch (thrown) {
    if (signal?.aborted === true) throw new HarnessError('interrupted', 'stopped while reading standard input');
    throw new HarnessError('target', `cannot keep standard input: ${messageOf(thrown)}`, {
      hint: 'a history is read twice; set TMPDIR to a folder with room for it, or give a file',
      cause: thrown,
    });
  }
};
