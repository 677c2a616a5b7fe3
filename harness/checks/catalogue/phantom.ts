import type { Check, Found } from '../check.ts';
import { oddReads, readerOfRead, readLine, type View } from '../index/view.ts';
import { atLine, inOrder, placeName, placeOf, readerName, recordName } from './phrases.ts';

/**
 * A6: a record that nobody put. Contract, 9: on a shared stream a record without identity is foreign, and no finding.
 */
export const phantom: Check = {
  summary: 'a record is read that was never put',
  source:
    'a stream holds what was put into it: "PutRecord: Writes a single data record into an Amazon Kinesis data stream" (SDK)',
  example: 'a record that says it is #9 of key a is read; #9 was never put',
  expect: 'forbid',
  streaming: 'set-aside',
  causes: [
    'Another writer uses the stream.',
    'Records of an earlier run are still retained.',
    'The recording began after the producer did.',
  ],
  todo: [
    'Use a stream of its own, or say that the stream is shared (stream.shared).',
    'Start the recording before the producer.',
  ],
  notApplicable: (view) => (view.hasPuts ? undefined : 'puts were not recorded'),
  find: function* (view: View): Generator<Found> {
    if (!view.hasPuts) return;
    const said = new Set<number>();
    for (const read of oddReads(view)) {
      const record = view.tables.readRecord.at(read);
      const isPut = record >= 0 && view.attemptHead.at(record) >= 0;
      const position = view.positions.ofRead[read] ?? -1;
      if (isPut || (record < 0 && view.isShared) || said.has(position)) continue;
      said.add(position);
      yield found(view, read, record, position);
    }
  },
};

const found = (view: View, read: number, record: number, position: number): Found => ({
  kind: null,
  blame: 'service-write',
  records: record < 0 ? [] : [record],
  positions: [position],
  shards: [view.positions.shard.at(position)],
  tell: () => ({
    sentence:
      record < 0
        ? `Reader ${readerName(view, readerOfRead(view, read))} received ${placeName(view, position)} on ${atLine(readLine(view, read))}, a record without an identity of this run, on a stream that nobody else writes to.`
        : `Reader ${readerName(view, readerOfRead(view, read))} received ${recordName(view, record)} at ${placeName(view, position)} on ${atLine(readLine(view, read))}; nobody ever sent it.`,
    evidence: { ...placeOf(view, position), ...(record < 0 ? {} : { claims: recordName(view, record) }) },
    witness: inOrder([readLine(view, read)]),
  }),
});
