import { expect, test } from 'vitest';
import { systemClock } from '../lib/clock.ts';
import type { ReadTools } from './consumer.ts';
import { readChain, type Start } from './read-chain.ts';
import { readShard } from './read-shard.ts';

const page = { ok: true, records: [], behind: 0, next: 'next', children: [] } as const;

/** A shard that is sealed at 20, and has nothing more. */
const tools = (stop: AbortController): ReadTools => ({
  reader: 'c1',
  role: 'live',
  stream: 's',
  run: 'r',
  kinesis: {
    getShardIterator: () => Promise.resolve({ ok: true, iterator: 'first' }),
    getRecords: () => Promise.resolve(page),
  },
  listShards: () => Promise.resolve([]),
  write: () => 0,
  now: () => 0,
  clock: systemClock(),
  signal: stop.signal,
  nextChain: () => 1,
  pollMsMin: 0,
  onRead: () => undefined,
  lastAcked: () => undefined,
  acked: () => Promise.resolve(),
  sentinel: () => '20',
  isSealed: () => true,
});

test.each([
  ['20', 'passed'],
  ['21', 'passed'],
])('a chain that begins behind %s, at or above the sentinel, is over', async (seq, end) => {
  const start: Start = { type: 'AFTER_SEQUENCE_NUMBER', seq };
  const options = { shard: 's0', from: 'TRIM_HORIZON', pollMs: 0, resume: 'AFTER_SEQUENCE_NUMBER' } as const;
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), 2000);
  expect(await readChain(tools(stop), options, start)).toMatchObject({ end });
  clearTimeout(late);
});

const gone = { ok: false, error: 'ResourceNotFoundException', message: 'Shard s0 not found' } as const;

test('a shard that is not found ends the run when the stream is gone, and not while the stream is there', async () => {
  const options = { shard: 's0', from: 'TRIM_HORIZON', pollMs: 0, resume: 'AFTER_SEQUENCE_NUMBER' } as const;
  const stop = new AbortController();
  let asked = 0;
  const kinesis = {
    getShardIterator: () => {
      asked += 1;
      if (asked === 12) stop.abort();
      return Promise.resolve(gone);
    },
    getRecords: () => Promise.resolve(page),
  };
  expect(await readShard({ ...tools(stop), kinesis }, options)).toMatchObject({ end: 'stopped' });
  expect(asked).toBe(12);
  const listShards = () => Promise.reject(new Error('Stream s not found'));
  await expect(readShard({ ...tools(new AbortController()), kinesis, listShards }, options)).rejects.toMatchObject({
    code: 'target',
    message: expect.stringContaining('stream s does not exist any more') as string,
  });
});
