import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, textsOf } from '../../probe-asserts.ts';

/**
 * If a record is put in the second in which its shard was created, kinesis-mock up to 0.4.13 gives it the shard's
 * starting number, and reads it again AFTER itself. A busy machine may miss that second, so several streams are tried.
 */
const streams = 4;

export const afterTheFirstRecord: Claim = {
  area: 'reads',
  wording:
    'the parameter can read right after the sequence number by using the AFTER_SEQUENCE_NUMBER shard iterator type',
  source: 'SDK GetShardIterator',
  probe: async (probe) => {
    for (let n = 0; n < streams; n += 1) {
      const stream = await probe.stream();
      const { shard, seq } = await stream.put({ key: 'k', data: 'first' });
      await stream.put({ key: 'k', data: 'second' });
      await stream.stored(2);
      const read = textsOf(await stream.read(shard, { type: 'AFTER_SEQUENCE_NUMBER', seq }));
      must(isSame(read, ['second']), `AFTER the number of the shard's first record reads ${listed(read)}`);
    }
    return "AFTER the shard's first record reads the second";
  },
};
