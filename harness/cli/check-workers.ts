import { HarnessError } from '../lib/error.ts';

/** `--workers`: one thread judges, a second one reads and scans ahead of it; a third one would have no work. */
export const workersIn = ({ workers }: { readonly workers?: string }): { readonly workers?: number } => {
  if (workers === undefined) return {};
  if (/^[1-9]\d{0,2}$/.test(workers)) return { workers: Number(workers) };
  throw new HarnessError('usage', `--workers: expected a whole number from 1, got ${JSON.stringify(workers)}`);
};
