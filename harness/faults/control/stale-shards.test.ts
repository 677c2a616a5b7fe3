import { expect, test } from 'vitest';
import type { ArmedFault, FaultTools, Forward, Shape } from '../fault.ts';
import { pagedShards } from './paged-shards.ts';
import { staleShards } from './stale-shards.ts';

const tools = { isHealed: () => false, fired: () => undefined, nth: () => 1 } as unknown as FaultTools;

/** A stream of two shards, whose first is split by the second call. */
const engine = (): Forward => {
  let shards = ['a', 'b'];
  return (_, api) => {
    if (api === 'SplitShard') shards = [...shards, 'c', 'd'];
    return Promise.resolve({ kind: 'answer', status: 200, body: { Shards: shards.map((ShardId) => ({ ShardId })) } });
  };
};

test('the old list is whole, and ends, although another fault pages the lists', async () => {
  const stale = staleShards.make({ reshard: 1, lists: 1 })(tools);
  const paged = pagedShards.make({ list: 1, lists: 10, shards: 1 })(tools);
  const forward = engine();
  let call = 0;
  const ask = async (api: 'ListShards' | 'SplitShard', body: Shape): Promise<Shape> => {
    call += 1;
    const kind = api === 'ListShards' ? 'list' : 'reshard';
    const inner: ArmedFault = (own, next) => paged(own, next);
    const answer = await stale({ api, kind, call, stream: 's', body } as never, (own, other = api) =>
      inner(
        { api: other, kind: other === 'ListShards' ? 'list' : 'reshard', call, stream: 's', body: own } as never,
        (sent) => forward(sent, other),
      ),
    );
    return (answer as { readonly body: Shape }).body;
  };
  const names = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    for (let body: Shape | undefined = { StreamName: 's' }; body !== undefined && found.length < 20; ) {
      const page: Shape = await ask('ListShards', body);
      found.push(...(page['Shards'] as readonly { readonly ShardId: string }[]).map(({ ShardId }) => ShardId));
      body = page['NextToken'] === undefined ? undefined : { NextToken: page['NextToken'] };
    }
    return found;
  };
  await ask('SplitShard', { StreamName: 's' });
  expect(await names()).toEqual(['a', 'b']);
  expect(await names()).toEqual(['a', 'b', 'c', 'd']);
});
