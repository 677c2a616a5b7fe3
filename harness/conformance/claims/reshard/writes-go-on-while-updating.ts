import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { at, numbered } from '../../probe-asserts.ts';
import { splitFirst } from '../../resharding.ts';

/** Puts run during the split. Each must be accepted, and be stored once, where its answer says. */
export const writesGoOnWhileUpdating: Claim = {
  area: 'reshard',
  wording: 'Read and write operations continue to work while the stream is in the UPDATING state.',
  source: 'SDK SplitShard',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 2 });
    const datas = numbered(40);
    const put = (data: string, n: number): ReturnType<typeof stream.put> => stream.put({ key: `k${n % 10}`, data });
    const early = datas.slice(0, 20).map(put);
    const splitting = splitFirst(stream);
    const late = datas.slice(20).map(put);
    const [places] = await Promise.all([Promise.all([...early, ...late]), splitting]);
    const stored = await stream.stored(datas.length);
    const lost = places.filter((place, n) => at(stored, place)?.text !== datas[n]);
    must(lost.length === 0, `of 40 puts around a split ${lost.length} do not lie where their answers said`);
    must(stored.length === 40, `40 records were put around a split and ${stored.length} are stored`);
    return '40 puts around a split were taken and lie where their answers said';
  },
};
