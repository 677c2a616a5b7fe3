import { expect, test } from 'vitest';
import { systemClock } from '../lib/clock.ts';
import type { ReadTools } from './consumer.ts';
import { readShard } from './read-shard.ts';

const failing = (error: string, isListed: boolean): { readonly tools: ReadTools; readonly asked: () => number } => {
  let asked = 0;
  const stop = new AbortController();
  const tools: ReadTools = {
    reader: 'c1',
    role: 'live',
    stream: 'rides',
    run: 'r',
    kinesis: {
      getShardIterator: () => {
        asked += 1;
        if (asked === 12) stop.abort();
        return Promise.resolve({ ok: false, error, message: 'no words of use' });
      },
      getRecords: () => Promise.resolve({ ok: false, error }),
    },
    listShards: () => (isListed ? Promise.resolve([]) : Promise.reject(new Error(error))),
    write: () => 0,
    now: () => 0,
    clock: { ...systemClock(), sleep: () => Promise.resolve() },
    signal: stop.signal,
    nextChain: () => 1,
    pollMsMin: 0,
    onRead: () => undefined,
    lastAcked: () => undefined,
    acked: () => Promise.resolve(),
    sentinel: () => undefined,
    isSealed: () => false,
  };
  return { tools, asked: () => asked };
};

const options = { shard: 's0', from: 'TRIM_HORIZON', pollMs: 0, resume: 'AFTER_SEQUENCE_NUMBER' } as const;

test.each([
  [
    'AccessDeniedException',
    true,
    'c1, reading s0 on stream rides is not allowed: AccessDeniedException: no words of use',
  ],
  ['ResourceNotFoundException', false, 'c1, reading s0: stream rides does not exist any more'],
])('%s ends a reader after a few attempts', async (error, isListed, words) => {
  const { tools, asked } = failing(error, isListed);
  await expect(readShard(tools, options)).rejects.toThrow(words);
  expect(asked()).toBe(5);
});

test('a shard that the engine has forgotten, on a stream that is there, is asked for again: the judge says what is missing', async () => {
  const { tools, asked } = failing('ResourceNotFoundException', true);
  expect(await readShard(tools, options)).toEqual({ end: 'stopped', children: [] });
  expect(asked()).toBe(12);
});
