import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, textsOf } from '../../probe-asserts.ts';

export const atTimestampBeforeTheHorizon: Claim = {
  area: 'reads',
  wording:
    'If the time stamp is older than the current trim horizon, the iterator returned is for the oldest untrimmed data record (TRIM_HORIZON).',
  source: 'SDK GetShardIteratorInput',
  probe: async (probe) => {
    const stream = await probe.stream();
    const { shard } = await stream.put({ key: 'k', data: 'first' });
    await stream.put({ key: 'k', data: 'second' });
    await stream.stored(2);
    const longAgo = probe.clock.wallMs() - 30 * 24 * 3_600_000;
    const read = textsOf(await stream.read(shard, { type: 'AT_TIMESTAMP', at: longAgo }));
    must(isSame(read, ['first', 'second']), `AT_TIMESTAMP of 30 days ago reads ${listed(read)}`);
    return 'AT_TIMESTAMP of 30 days ago reads all';
  },
};
