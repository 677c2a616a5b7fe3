import type { Claim } from '../../claim.ts';
import { accepted, must } from '../../outcome.ts';

/** Other probes create and delete streams meanwhile, so only the two streams of this probe are checked. */
export const listStreamsPaging: Claim = {
  area: 'reads',
  wording:
    'you can request more streams by using the name of the last stream returned by the ListStreams request in the ExclusiveStartStreamName parameter in a subsequent request to ListStreams.',
  source: 'SDK ListStreams',
  probe: async (probe) => {
    const ours = [(await probe.stream()).name, (await probe.stream()).name];
    const told: string[] = [];
    for (let pages = 0; pages < 400; pages += 1) {
      const after = told.at(-1);
      const input = { Limit: 3, ...(after === undefined ? {} : { ExclusiveStartStreamName: after }) };
      const page = accepted(await probe.call('ListStreams', input), 'ListStreams with Limit 3');
      const names = page.StreamNames ?? [];
      must(names.length <= 3, `Limit 3 returned ${names.length} streams`);
      told.push(...names);
      if (page.HasMoreStreams !== true || names.length === 0) break;
    }
    for (const name of ours) {
      const times = told.filter((one) => one === name).length;
      must(times === 1, `a stream that stood all the while came ${times} times in pages of three`);
    }
    return 'both streams came once, in pages of three';
  },
};
