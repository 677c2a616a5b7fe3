import type { Claim } from '../../claim.ts';
import { atLeast, consumerOf, recordsOf, subscribe } from '../../fan-out.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, numbered, textsOf } from '../../probe-asserts.ts';

export const subscribeAtSequenceNumber: Claim = {
  area: 'fan-out',
  wording:
    'AT_SEQUENCE_NUMBER: Start streaming from the position denoted by the sequence number specified in the SequenceNumber field.',
  source: 'SDK StartingPosition',
  probe: async (probe) => {
    const stream = await probe.stream();
    const consumer = await consumerOf(probe, stream);
    for (const data of numbered(4)) await stream.put({ key: 'k', data });
    const record = (await stream.stored(4))[1];
    must(record !== undefined, 'the records put are not stored');
    const from = { Type: 'AT_SEQUENCE_NUMBER', SequenceNumber: record.seq };
    const pushed = textsOf(
      recordsOf(await subscribe(probe, { consumer, shard: record.shard, from, enough: atLeast(3) })),
    );
    must(isSame(pushed, ['a1', 'a2', 'a3']), `AT the number of a1 of a0 to a3 pushes ${listed(pushed)}`);
    return 'AT the second of four records pushes it and the two after it';
  },
};
