import { expect, test } from 'vitest';
import type { ArmedFault, FaultTools, Forward, ProxiedCall } from '../fault.ts';
import { afterInclusive } from './after-inclusive.ts';
import { endSubscription } from './end-subscription.ts';

const clients = ['app', 'app/1', 'app/2', 'apple', 'other/1'];
const ofApp = ['app', 'app/1', 'app/2'];
const toolsOf = (more: Partial<FaultTools>): FaultTools =>
  ({ isHealed: () => false, fired: () => undefined, ...more }) as FaultTools;

const asking: Omit<ProxiedCall, 'client'> = {
  api: 'GetShardIterator',
  kind: 'iterator',
  call: 1,
  body: { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' },
};
const subscribing: Omit<ProxiedCall, 'client'> = { api: 'SubscribeToShard', kind: 'read', call: 1, body: {} };

/** Which of the clients' calls the fault changes: what is forwarded, or the kind of the answer. */
const hit = async (fault: ArmedFault, asked: Omit<ProxiedCall, 'client'>): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const client of clients) {
    const call = { ...asked, client };
    let isSame = false;
    const forward: Forward = (body) => {
      isSame = body === call.body;
      return Promise.resolve({ kind: 'answer', status: 200, body: {} });
    };
    const { kind } = await fault(call, forward);
    if (!isSame || kind === 'stream') found.push(client);
  }
  return found;
};

test('who names a consumer means the iterators of all its instances', async () => {
  const { make } = afterInclusive;
  expect(await hit(make({ reader: 'app' })(toolsOf({})), asking)).toEqual(ofApp);
  expect(await hit(make({ reader: 'app/1' })(toolsOf({})), asking)).toEqual(['app/1']);
  expect(await hit(make({})(toolsOf({ client: 'app' })), asking)).toEqual(ofApp);
});

test('who names a consumer means the subscriptions of all its instances', async () => {
  const { make } = endSubscription;
  expect(await hit(make({ reader: 'app', read: 1 })(toolsOf({})), subscribing)).toEqual(ofApp);
  expect(await hit(make({ reader: 'app/1', read: 1 })(toolsOf({})), subscribing)).toEqual(['app/1']);
  expect(await hit(make({ read: 1 })(toolsOf({ client: 'app' })), subscribing)).toEqual(ofApp);
});
