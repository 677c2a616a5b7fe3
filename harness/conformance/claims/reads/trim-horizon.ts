import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, numbered, textsOf } from '../../probe-asserts.ts';

export const trimHorizon: Claim = {
  area: 'reads',
  wording:
    'TRIM_HORIZON - Start reading at the last untrimmed record in the shard in the system, which is the oldest data record in the shard.',
  source: 'SDK GetShardIteratorInput',
  probe: async (probe) => {
    const stream = await probe.stream();
    const datas = numbered(6);
    for (const data of datas) await stream.put({ key: 'k', data });
    const read = textsOf(await stream.stored(datas.length));
    must(isSame(read, datas), `a0 to a5 were put, TRIM_HORIZON reads ${listed(read)}`);
    return 'reads all six, from the first';
  },
};
