import type { Claim } from '../../claim.ts';
import { atLeast, consumerOf, recordsOf, subscribe } from '../../fan-out.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, numbered, textsOf } from '../../probe-asserts.ts';

/** Subscribes after the shard's first record, where iterators had an off-by-one error. */
export const subscribeAfterSequenceNumber: Claim = {
  area: 'fan-out',
  wording:
    'AFTER_SEQUENCE_NUMBER: Start streaming right after the position denoted by the sequence number specified in the SequenceNumber field.',
  source: 'SDK StartingPosition',
  probe: async (probe) => {
    const stream = await probe.stream();
    const consumer = await consumerOf(probe, stream);
    for (const data of numbered(4)) await stream.put({ key: 'k', data });
    const record = (await stream.stored(4))[0];
    must(record !== undefined, 'the records put are not stored');
    const from = { Type: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: record.seq };
    const pushed = textsOf(
      recordsOf(await subscribe(probe, { consumer, shard: record.shard, from, enough: atLeast(3) })),
    );
    must(isSame(pushed, ['a1', 'a2', 'a3']), `AFTER the number of a0 of a0 to a3 pushes ${listed(pushed)}`);
    return 'AFTER the first of four records pushes the other three';
  },
};
