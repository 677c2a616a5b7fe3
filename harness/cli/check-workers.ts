import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { HarnessError } from '../lib/error.ts';

/** Parses `--workers`. One thread judges, a second one reads and scans ahead of it; a third one would have no work. */
export const workersIn = ({ workers }: { readonly workers?: string }): { readonly workers?: number } => {
  if (workers === undefined) return {};
  if (/^[1-9]\d{0,2}$/.test(workers)) return { workers: Number(workers) };
  throw new HarnessError('usage', `--workers: expected a whole number from 1, got ${JSON.stringify(workers)}`);
};

/**
 * The size of a file, in bytes, from which two threads are used. Measured with `bench/two-threads.ts`: below 100 MB
 * the second thread takes longer to begin than it saves; at 337 MB two threads are quicker even on a busy machine.
 */
const twoThreadsFrom = 256 * 1024 * 1024;

/**
 * The number of threads that is quickest for this file. It is 1 for a packed file, whose bytes another thread of Node
 * unpacks anyway, and for a file that cannot be read, whose reader reports the error.
 */
export const workersFor = async (path: string, cores = availableParallelism()): Promise<number> => {
  if (cores < 2 || path.endsWith('.gz')) return 1;
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  return size >= twoThreadsFrom ? 2 : 1;
};
