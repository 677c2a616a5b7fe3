import type { Claim } from '../../claim.ts';
import { consumerOf, type FanOutEvent, recordsOf, subscribe } from '../../fan-out.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, numbered, textsOf } from '../../probe-asserts.ts';
import { splitFirst } from '../../resharding.ts';

export const subscriptionEndsWithTheShard: Claim = {
  area: 'fan-out',
  wording: 'The list of the child shards of the current shard, returned only at the end of the current shard.',
  source: 'SDK SubscribeToShardEvent',
  probe: async (probe) => {
    const stream = await probe.stream();
    const consumer = await consumerOf(probe, stream);
    for (const data of numbered(3)) await stream.put({ key: 'k', data });
    await stream.stored(3);
    const { parent, children } = await splitFirst(stream);
    const enough = (events: readonly FanOutEvent[]): boolean => events.some((event) => event.children.length > 0);
    const events = await subscribe(probe, { consumer, shard: parent.id, from: { Type: 'TRIM_HORIZON' }, enough });
    const pushed = textsOf(recordsOf(events));
    must(isSame(pushed, numbered(3)), `the closed shard holds a0 to a2, pushed ${listed(pushed)}`);
    const told = (events.at(-1)?.children ?? []).toSorted();
    const expected = children.map((shard) => shard.id);
    must(
      isSame(told, expected),
      `the last event names ChildShards ${listed(told)}; ListShards names ${listed(expected)}`,
    );
    return 'all records, then an event that names both children';
  },
};
