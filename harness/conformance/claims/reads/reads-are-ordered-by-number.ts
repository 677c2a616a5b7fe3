import { compareSequence } from '../../../model/sequence-number.ts';
import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { numbered } from '../../probe-asserts.ts';

export const readsAreOrderedByNumber: Claim = {
  area: 'reads',
  wording:
    'records that Kinesis Data Streams receives through a GetRecords call are strictly ordered by sequence number.',
  source: 'DG22 developing-producers-with-sdk',
  probe: async (probe) => {
    const stream = await probe.stream();
    await Promise.all(numbered(24).map((data) => stream.put({ key: data, data })));
    const seqs = (await stream.stored(24)).map((record) => record.seq);
    must(seqs.length === 24, `24 records were put and ${seqs.length} read`);
    seqs.forEach((seq, n) => {
      const before = seqs[n - 1];
      must(before === undefined || compareSequence(before, seq) < 0, `${seq} is read after ${before}`);
    });
    return '24 records put at once are read by strictly rising number';
  },
};
