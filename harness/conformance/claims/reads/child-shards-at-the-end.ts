import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { isSame, listed } from '../../probe-asserts.ts';
import { readPage } from '../../reading.ts';
import { splitFirst } from '../../resharding.ts';

export const childShardsAtTheEnd: Claim = {
  area: 'reads',
  wording:
    "The list of the current shard's child shards, returned in the GetRecords API's response only when the end of the current shard is reached.",
  source: 'SDK GetRecordsOutput',
  probe: async (probe) => {
    const stream = await probe.stream();
    await stream.put({ key: 'k', data: 'x' });
    await stream.stored(1);
    const { parent, children } = await splitFirst(stream);
    let iterator: string | undefined = await stream.iterator(parent.id);
    let told: readonly string[] = [];
    for (let pages = 0; pages < 10 && iterator !== undefined; pages += 1) {
      const page = await readPage(probe, { shard: parent.id, iterator });
      told = page.children;
      iterator = page.next;
      must(iterator === undefined || told.length === 0, `ChildShards ${listed(told)} came before the end of the shard`);
    }
    const expected = children.map((shard) => shard.id);
    must(
      isSame(told.toSorted(), expected),
      `at the end ChildShards are ${listed(told)}; ListShards names ${listed(expected)}`,
    );
    return 'the last page names both children, no page before it';
  },
};
