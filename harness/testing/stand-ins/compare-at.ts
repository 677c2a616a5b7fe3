import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type CompareRequest, planCompare } from '../../compare/plan-compare.ts';
import type { Row } from '../../compare/result.ts';
import { runCompare } from '../../compare/run-compare.ts';
import type { RunningTarget } from '../../targets/target.ts';
import { type CannedStreamOptions, cannedStream } from './canned-stream.ts';

type Known = Omit<CannedStreamOptions, 'upstream'>;
type Place = { readonly target: RunningTarget; readonly folder: string };

/** A comparison of one arm at a server whose every answer takes a time that is known. */
export const compareAt = async (
  known: Known,
  { target, folder }: Place,
  said: CompareRequest,
): Promise<{ readonly row: Row }> => {
  const server = await cannedStream({ ...known, upstream: target.client.endpoint ?? '' });
  try {
    const plan = await planCompare({ ...said, rounds: 1, seed: '1', out: folder }, () => Promise.resolve(true));
    const at = { ...target, client: { ...target.client, endpoint: server.endpoint } };
    const signal = new AbortController().signal;
    const { rows } = await runCompare({ plan, target: at, signal, onBegin: () => undefined });
    if (rows[0] === undefined) throw new Error('one arm has one row');
    return { row: rows[0] };
  } finally {
    await server.close();
  }
};

const client = fileURLToPath(new URL('open-loop-client.mjs', import.meta.url));

/** The same server, met by a client that knows nothing of this tool: milliseconds from due to answered, ascending. */
export const independentAt = async (known: Known, rate: number, count: number): Promise<readonly number[]> => {
  const server = await cannedStream({ ...known, upstream: '' });
  try {
    const asked = [client, server.endpoint, String(rate), String(count)];
    const { stdout } = await promisify(execFile)(process.execPath, asked);
    return (JSON.parse(stdout) as number[]).toSorted((a, b) => a - b);
  } finally {
    await server.close();
  }
};
