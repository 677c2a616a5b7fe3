import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, numbered, textsOf } from '../../probe-asserts.ts';
import { mergeFirst, splitFirst } from '../../resharding.ts';

export const recordsStayThroughAReshard: Claim = {
  area: 'reshard',
  wording: 'any data records that were in the parent shards before the reshard remain in those shards.',
  source: 'DG22 kinesis-using-sdk-java-after-resharding',
  probe: async (probe) => {
    const stream = await probe.stream();
    for (const data of numbered(4)) await stream.put({ key: 'k', data });
    await splitFirst(stream);
    for (const data of numbered(4, 'b')) await stream.put({ key: 'k', data });
    await mergeFirst(stream);
    for (const data of numbered(4, 'c')) await stream.put({ key: 'k', data });
    const all = textsOf(await stream.stored(12)).toSorted();
    const expected = [...numbered(4), ...numbered(4, 'b'), ...numbered(4, 'c')];
    must(isSame(all, expected), `put before, between and after a split and a merge, read ${listed(all)}`);
    return 'twelve records put before, between and after a split and a merge are all there, once';
  },
};
