import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { HarnessError } from '../lib/error.ts';

/** `--workers`: one thread judges, a second one reads and scans ahead of it; a third one would have no work. */
export const workersIn = ({ workers }: { readonly workers?: string }): { readonly workers?: number } => {
  if (workers === undefined) return {};
  if (/^[1-9]\d{0,2}$/.test(workers)) return { workers: Number(workers) };
  throw new HarnessError('usage', `--workers: expected a whole number from 1, got ${JSON.stringify(workers)}`);
};

/**
 * Bytes. Measured with `bench/two-threads.ts`: below 100 MB the second thread takes longer to begin than it saves; at
 * 337 MB two threads are quicker even on a busy machine.
 */
const twoThreadsFrom = 256 * 1024 * 1024;

/**
 * How many threads are quickest for this file. Of a packed one, another thread of Node unpacks the bytes anyway. One
 * that cannot be read is named by whoever reads it.
 */
export const workersFor = async (path: string, cores = availableParallelism()): Promise<number> => {
  if (cores < 2 || path.endsWith('.gz')) return 1;
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  return size >= twoThreadsFrom ? 2 : 1;
};
