import type { Claim } from '../../claim.ts';
import { atLeast, consumerOf, type FanOutEvent, recordsOf, subscribe } from '../../fan-out.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, numbered, textsOf } from '../../probe-asserts.ts';

/**
 * LocalStack 4.8 returned "0" here, so a reader that resumed read everything again. A second consumer resumes, so that
 * the probe need not wait until the first subscription is taken over.
 */
export const continuationResumes: Claim = {
  area: 'fan-out',
  wording:
    'Use this as SequenceNumber in the next call to SubscribeToShard, with StartingPosition set to AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER.',
  source: 'SDK SubscribeToShardEvent',
  probe: async (probe) => {
    const stream = await probe.stream();
    const [first, second] = [await consumerOf(probe, stream), await consumerOf(probe, stream, 'c2')];
    for (const data of numbered(4)) await stream.put({ key: 'k', data });
    const shard = String((await stream.stored(4))[0]?.shard);
    const events = await subscribe(probe, {
      consumer: first,
      shard,
      from: { Type: 'TRIM_HORIZON' },
      enough: atLeast(4),
    });
    must(recordsOf(events).length === 4, `four records are stored and ${recordsOf(events).length} were pushed`);
    const SequenceNumber = lastContinuation(events);
    must(SequenceNumber !== undefined, 'the events have no ContinuationSequenceNumber');
    const from = { Type: 'AFTER_SEQUENCE_NUMBER', SequenceNumber };
    const meanwhile = (): Promise<unknown> => stream.put({ key: 'k', data: 'new' });
    const resumed = await subscribe(probe, { consumer: second, shard, from, enough: atLeast(1), meanwhile });
    const pushed = textsOf(recordsOf(resumed));
    must(
      isSame(pushed, ['new']),
      `resumed AFTER ContinuationSequenceNumber ${SequenceNumber}: pushed ${listed(pushed)}`,
    );
    return 'resumed AFTER it, only the record put later is pushed';
  },
};

const lastContinuation = (events: readonly FanOutEvent[]): string | undefined => events.at(-1)?.continuation;
