import { fatalErrorOf, isFatal } from '../kinesis/fatal-errors.ts';
import { HarnessError } from '../lib/error.ts';
import type { ReadTools } from './consumer.ts';
import { type ChainEnd, pause, readChain, type ShardOptions, type Start } from './read-chain.ts';

export type ShardEnd = { readonly end: 'closed' | 'passed' | 'stopped' } & Pick<ChainEnd, 'children'>;

const failuresMax = 100;
/** The most failures in a row of a kind that no other attempt will change. */
const hopelessMax = 5;
const pauseMsMax = 1000;

/**
 * Reads one shard, chain after chain, and records each page, until its end, its sentinel, or the signal. Rejects with
 * HarnessError if reading fails too often.
 */
export const readShard = async (tools: ReadTools, options: ShardOptions): Promise<ShardEnd> => {
  let start = startOf(tools, options);
  let failures = 0;
  while (!tools.signal.aborted) {
    const { end, last, pages, children, error } = await readChain(tools, options, start);
    if (end === 'closed' || end === 'passed') return { end, children };
    if (last !== undefined) start = { type: end === 'restart' ? options.resume : 'AFTER_SEQUENCE_NUMBER', seq: last };
    if (end !== 'failed') continue;
    failures = pages === 0 ? failures + 1 : 1;
    const name = error?.name ?? '';
    if (failures % hopelessMax === 0 && isFatal(name) && !(await isShardOnly(tools, name)))
      throw fatalErrorOf({
        call: `${tools.reader}, reading ${options.shard}`,
        stream: tools.stream,
        error: name,
        message: error?.message,
      });
    if (failures === failuresMax || (failures === hopelessMax && name === 'MalformedResponse'))
      throw new HarnessError(
        'target',
        `${tools.reader} could not read ${options.shard}, ${failures} times in a row: ${name}: ${error?.message ?? 'no message'}`,
      );
    await pause(tools, Math.min(pauseMsMax, Math.max(options.pollMs, 25 * failures)));
  }
  return { end: 'stopped', children: [] };
};

/**
 * True if the engine has forgotten the shard but not the stream (MiniStack does that with the parents of a reshard).
 * This does not end the run: the judge finds it.
 */
const isShardOnly = async ({ listShards }: ReadTools, error: string): Promise<boolean> => {
  if (error !== 'ResourceNotFoundException') return false;
  return listShards().then(
    () => true,
    () => false,
  );
};

/**
 * Where the reader starts. AT and AFTER start at the last sequence number that was acknowledged in the shard; if there
 * is none yet, at the beginning.
 */
export const startOf = (tools: ReadTools, { from, shard }: Pick<ShardOptions, 'from' | 'shard'>): Start => {
  if (from === 'AT_TIMESTAMP') return { type: from, at: tools.clock.wallMs() };
  if (from === 'LATEST') return { type: from };
  const seq = from === 'TRIM_HORIZON' ? undefined : tools.lastAcked(shard);
  return seq === undefined ? beginningOf(tools, shard) : { type: from, seq };
};

const beginningOf = ({ begin, since }: ReadTools, shard: string): Start => {
  if (since !== undefined) return { type: 'AT_TIMESTAMP', at: since };
  const seq = begin?.(shard);
  return seq === undefined ? { type: 'TRIM_HORIZON' } : { type: 'AFTER_SEQUENCE_NUMBER', seq };
};
