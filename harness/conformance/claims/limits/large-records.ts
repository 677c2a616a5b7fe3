import type { Claim } from '../../claim.ts';
import { invalid } from '../../probe-asserts.ts';
import { blob, heldAtTheEdge, mib } from '../../sizes.ts';
import type { ProbeStream } from '../../stream.ts';

export const largeRecords: Claim = {
  area: 'limits',
  wording: 'You can ingest and digest single records up to 10240 KiB.',
  source: 'SDK UpdateMaxRecordSize',
  isHeavy: true,
  extraMs: 20_000,
  probe: async (probe) => {
    const put = (size: number) => ({
      what: `a record of ${size} bytes, key included, where MaxRecordSizeInKiB is 2048`,
      ask: (stream: ProbeStream) => stream.call('PutRecord', { PartitionKey: 'k', Data: blob(size - 1) }),
    });
    const stream = { maxRecordSizeInKiB: 2048 };
    return heldAtTheEdge(probe, { at: put(2 * mib), above: put(2 * mib + 1), records: 1, errors: invalid, stream });
  },
};
