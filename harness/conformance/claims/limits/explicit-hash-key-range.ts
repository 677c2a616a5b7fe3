import { hashKeyMax } from '../../../model/hash-key.ts';
import type { Claim } from '../../claim.ts';
import { invalid } from '../../probe-asserts.ts';
import { heldAtTheEdge } from '../../sizes.ts';
import type { ProbeStream } from '../../stream.ts';

export const explicitHashKeyRange: Claim = {
  area: 'limits',
  wording: 'An MD5 hash function is used to map partition keys to 128-bit integer values',
  source: 'SDK PutRecordInput',
  probe: async (probe) => {
    const put = (hash: bigint, name: string) => ({
      what: `ExplicitHashKey ${name}`,
      ask: (stream: ProbeStream) =>
        stream.call('PutRecord', { PartitionKey: 'k', ExplicitHashKey: `${hash}`, Data: Buffer.from('x') }),
    });
    const edge = { at: put(hashKeyMax, '2^128-1'), above: put(hashKeyMax + 1n, '2^128'), records: 1, errors: invalid };
    return heldAtTheEdge(probe, edge);
  },
};
