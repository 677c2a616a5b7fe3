import type { Claim } from '../../claim.ts';
import { invalid } from '../../probe-asserts.ts';
import { blob, heldAtTheEdge, mib } from '../../sizes.ts';
import type { ProbeStream } from '../../stream.ts';

/** Only the data. The next claim counts the key, too. */
export const recordDataOfOneMib: Claim = {
  area: 'limits',
  wording: 'Each data record can be up to 1 MiB in size by default.',
  source: 'SDK GetRecords',
  isHeavy: true,
  probe: async (probe) => {
    const put = (size: number) => ({
      what: `a record of ${size} bytes`,
      ask: (stream: ProbeStream) => stream.call('PutRecord', { PartitionKey: 'k', Data: blob(size) }),
    });
    return heldAtTheEdge(probe, { at: put(mib - 1), above: put(mib + 1), records: 1, errors: invalid });
  },
};
