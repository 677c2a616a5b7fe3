import { expect, test } from 'vitest';
import type { ArmedFault, FaultTools, Forward, ProxiedCall, Shape } from '../fault.ts';
import { pagedShards } from './paged-shards.ts';

const listOf = (...names: readonly string[]): Forward => {
  const body = { Shards: names.map((ShardId) => ({ ShardId })) };
  return () => Promise.resolve({ kind: 'answer', status: 200, body });
};

const fired: number[] = [];
const tools = {
  isHealed: () => false,
  fired: ({ call }: ProxiedCall) => void fired.push(call),
} as unknown as FaultTools;
const ask = async (fault: ArmedFault, call: number, body: Shape, forward: Forward) => {
  const answer = await fault({ api: 'ListShards', kind: 'list', call, body }, forward);
  const { Shards, NextToken } = (answer as { readonly body: Shape }).body as {
    readonly Shards: readonly { readonly ShardId: string }[];
    readonly NextToken?: string;
  };
  return { names: Shards.map(({ ShardId }) => ShardId), token: NextToken };
};

test('the pages of a list are of that list, although the next one is in another order', async () => {
  const fault = pagedShards.make({ list: 1, shards: 2 })(tools);
  const first = await ask(fault, 1, { StreamName: 's' }, listOf('c', 'a', 'b'));
  const second = await ask(fault, 2, { NextToken: first.token }, listOf('a', 'b', 'c', 'd'));
  expect([first.names, second]).toEqual([['c', 'a'], { names: ['b'], token: undefined }]);
});

test('two of them never answer the pages of each other', async () => {
  const outer = pagedShards.make({ list: 1 })(tools);
  const inner = pagedShards.make({ list: 3 })(tools);
  let asked = 0;
  const forward: Forward = (body) => {
    asked += 1;
    return listOf('a', 'b', 'c')(body);
  };
  const both: ArmedFault = (call, next) => outer(call, (body) => inner({ ...call, body }, next));
  let call = 0;
  const whole = async () => {
    const names: string[] = [];
    for (let body: Shape | undefined = { StreamName: 's' }; body !== undefined; ) {
      const page = await ask(both, ++call, body, forward);
      names.push(...page.names);
      body = page.token === undefined ? undefined : { NextToken: page.token };
    }
    return names;
  };
  expect([await whole(), await whole()]).toEqual([
    ['a', 'b', 'c'],
    ['a', 'b', 'c'],
  ]);
  expect(asked).toBe(2);
});
