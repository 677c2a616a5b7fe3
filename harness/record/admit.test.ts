import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { ApiCall } from '../tap/call.ts';
import { streamRefOf } from '../tap/stream-ref.ts';
import type { RunningTarget } from '../targets/target.ts';
import { type AdmitOptions, admitter } from './admit.ts';

const target = { client: { endpoint: 'http://127.0.0.1:1' } } as RunningTarget;
const scope = { region: 'us-east-1', accessKeyId: 'test' };
const callOf = (operation: string, name = 's'): ApiCall => ({
  id: 1,
  port: 'app',
  operation,
  input: { StreamName: name },
  scope,
  invocationId: undefined,
  attempt: undefined,
  bytes: 1,
  tag: undefined,
});

const world = (over: Partial<AdmitOptions['book']> = {}, options: Partial<AdmitOptions['options']> = {}) => {
  const told: string[] = [];
  const admit = admitter({
    options: { streams: [], shards: undefined, target, ...options },
    againMs: 30,
    book: {
      isOpen: () => false,
      begin: async ({ name }, make) => {
        await sleep(name === 'slow' ? 30 : 5);
        told.push(`begin ${name}${make ? ', made' : ''}`);
      },
      make: async ({ name }) => void told.push(`make ${name}`),
      leaving: () => undefined,
      leave: ({ name }) => void told.push(`leave ${name}`),
      hiddenNames: [],
      namesIn: () => Promise.resolve(['s', 'other']),
      ...over,
    },
  });
  const ask = (operation: string, name?: string) => {
    const call = callOf(operation, name);
    return admit(call, streamRefOf(call));
  };
  return { ask, told };
};

describe('a call', () => {
  test('that a history tells of begins it; one that only looks passes at once', async () => {
    const { ask, told } = world();
    expect(ask('DescribeStreamSummary')).toBeUndefined();
    expect(await ask('PutRecord')).toBeUndefined();
    expect(told).toEqual(['begin s']);
  });

  test('to a stream that is not recorded passes', () => {
    expect(world({}, { streams: ['other'] }).ask('PutRecord')).toBeUndefined();
  });

  test('goes on behind those that came before it, and those to other streams do not wait for it', async () => {
    const { ask } = world();
    const order: string[] = [];
    const done = (name: string, work: Promise<unknown> | undefined) => work?.then(() => void order.push(name));
    await Promise.all([
      done('first', ask('PutRecord', 'slow')),
      done('second', ask('DescribeStreamSummary', 'slow')),
      done('other', ask('PutRecord', 'quick')),
    ]);
    expect(order).toEqual(['other', 'first', 'second']);
  });

  test('the first one has the named streams made, and whoever comes meanwhile waits for that', async () => {
    const { ask, told } = world({}, { streams: ['s', 't'], shards: 2 });
    await Promise.all([ask('ListStreams'), ask('PutRecord')]);
    expect(told).toEqual(['make s', 'make t', 'begin s, made']);
  });
});

describe('a stream that was deleted', () => {
  test('is told to be gone at once', async () => {
    const { ask, told } = world({ isOpen: () => true });
    expect(await ask('DeleteStream')).toMatchObject({ kind: 'ok' });
    expect(told).toEqual(['leave s']);
  });

  test('is hidden while it is read to its end', async () => {
    const leaving = () => ({ done: Promise.resolve(), cut: () => undefined });
    const { ask } = world({ leaving, hiddenNames: ['s'] });
    expect(await ask('PutRecord')).toMatchObject({ kind: 'error', code: 'ResourceNotFoundException' });
    expect(await ask('ListStreams')).toMatchObject({ output: { StreamNames: ['other'], HasMoreStreams: false } });
  });

  test('and is made again waits so long and no longer: then its reading is cut short, with the reason', async () => {
    let release = (): void => undefined;
    const done = new Promise<void>((resolve) => {
      release = resolve;
    });
    const cuts: Error[] = [];
    const cut = (why: unknown): void => {
      cuts.push(why as Error);
      release();
    };
    expect(await world({ leaving: () => ({ done, cut }) }).ask('CreateStream')).toBeUndefined();
    expect(cuts.map(({ message }) => message)).toEqual([
      'the stream was made again 30 ms after its deletion, before it was read to its end',
    ]);
  });
});
