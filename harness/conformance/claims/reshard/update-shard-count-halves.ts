import type { Claim } from '../../claim.ts';
import { accepted, must } from '../../outcome.ts';
import { numbered } from '../../probe-asserts.ts';
import { openOf, shapeOf, tiles } from '../../shards.ts';

export const updateShardCountHalves: Claim = {
  area: 'reshard',
  wording: 'To update the shard count, Kinesis Data Streams performs splits or merges on individual shards.',
  source: 'SDK UpdateShardCount',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 4 });
    for (const data of numbered(8)) await stream.put({ key: data, data });
    const input = { TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' };
    accepted(await stream.call('UpdateShardCount', input), 'UpdateShardCount from 4 to 2');
    await stream.settle();
    const open = openOf(await stream.shards());
    must(open.length === 2 && tiles(open), `from 4 to 2, the open shards are: ${shapeOf(open)}`);
    const orphan = open.find((shard) => shard.parents.length === 0);
    must(orphan === undefined, `${orphan?.id} came of a merge and names no parent`);
    const stored = await stream.stored(8);
    must(stored.length === 8, `eight records were put before it and ${stored.length} are stored`);
    return 'from four to two open shards with parents; all records are there';
  },
};
