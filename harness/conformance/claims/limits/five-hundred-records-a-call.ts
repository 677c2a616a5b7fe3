import type { Claim } from '../../claim.ts';
import { invalid } from '../../probe-asserts.ts';
import { heldAtTheEdge } from '../../sizes.ts';
import type { ProbeStream } from '../../stream.ts';

export const fiveHundredRecordsACall: Claim = {
  area: 'limits',
  wording: 'Each PutRecords request can support up to 500 records.',
  source: 'SDK PutRecords',
  extraMs: 10_000,
  probe: async (probe) => {
    const put = (size: number) => ({
      what: `a call of ${size} records`,
      ask: (stream: ProbeStream) =>
        stream.call('PutRecords', {
          Records: Array.from({ length: size }, (_, n) => ({ PartitionKey: `k${n}`, Data: Buffer.from('x') })),
        }),
    });
    return heldAtTheEdge(probe, { at: put(500), above: put(501), records: 500, errors: invalid });
  },
};
