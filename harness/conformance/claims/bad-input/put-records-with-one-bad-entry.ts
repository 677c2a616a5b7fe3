import type { Claim } from '../../claim.ts';
import { invalid, refusedUnstored } from '../../probe-asserts.ts';

/** Three kinds of bad entries beside a good one: each refuses the whole call, and the good one is not stored. */
export const putRecordsWithOneBadEntry: Claim = {
  area: 'bad-input',
  wording: 'with each record in the array requiring a partition key and data blob.',
  source: 'SDK PutRecords',
  probe: async (probe) => {
    const stream = await probe.stream();
    const good = { PartitionKey: 'good', Data: Buffer.from('x') };
    const bad = {
      'no PartitionKey': { Data: Buffer.from('x') },
      'no Data': { PartitionKey: 'k' },
      'ExplicitHashKey abc': { ...good, ExplicitHashKey: 'abc' },
    };
    let error = '';
    for (const [name, entry] of Object.entries(bad)) {
      const answer = await stream.call('PutRecords', { Records: [good, entry] });
      error = await refusedUnstored(stream, answer, `PutRecords with an entry with ${name}`, invalid);
    }
    return `an entry without key, without data, or with a hash key that is none: all refused with ${error}`;
  },
};
