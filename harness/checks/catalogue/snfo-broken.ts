import { compareSequence } from '../../model/sequence-number.ts';
import type { Check, Found } from '../check.ts';
import { emptyPromises, isAnyPromised } from '../index/promises.ts';
import { isImported, unknownByImport, voidByImport } from '../index/sending-order.ts';
import { ackLine, isOk, isSentinel, putLine, type View } from '../index/view.ts';
import { atLine, inOrder, linesOfEntry, placeName, placeOf, recordName, several, shortSeq } from './phrases.ts';

/**
 * D2: acknowledged at or below the SequenceNumberForOrdering that it was sent with, if that number promises something.
 * Contract, 18.
 */
export const snfoBroken: Check = {
  summary: 'a put with SequenceNumberForOrdering got a sequence number that is not higher',
  source:
    '"Guarantees strictly increasing sequence numbers, for puts from the same client and to the same partition key" (SDK, SequenceNumberForOrdering)',
  example: 'a put after 30 is acknowledged at 25',
  expect: 'forbid',
  streaming: 'set-aside',
  causes: [
    'The engine ignores SequenceNumberForOrdering.',
    'The number belongs to another key or producer: then it promises nothing.',
  ],
  todo: [
    'Check that the number was acknowledged to this producer for this key.',
    'Report it: this is the one order that AWS guarantees.',
  ],
  about: ['keys'],
  notApplicable: (view) => {
    if (!view.hasPuts) return 'puts were not recorded';
    if (isAnyPromised(view)) return voidByImport(view);
    return emptyPromises(view).size === 0
      ? 'no put was sent with SequenceNumberForOrdering'
      : 'no put named a number that was acknowledged to its producer for its key';
  },
  note: (view) => {
    const [first] = [...emptyPromises(view)].sort((a, b) => a - b);
    if (first === undefined) return undefined;
    const puts = several(emptyPromises(view).size, 'put');
    return `${puts} named a SequenceNumberForOrdering that had not been acknowledged to the same producer for the same key (the first on ${atLine(putLine(view, first))}): such a number promises nothing`;
  },
  unknown: (view) => unknownByImport(view),
  find: function* (view: View): Generator<Found> {
    if (isImported(view)) return;
    const empty = emptyPromises(view);
    for (const [entry, after] of view.tables.entryAfter) {
      if (!isOk(view, entry) || isSentinel(view, entry) || empty.has(entry)) continue;
      if (view.tables.sequences.compare(view.tables.entryNumber.at(entry), after) <= 0)
        yield found(view, entry, view.tables.sequences.text(after));
    }
  },
};

/** True if the number is one of that shard, not of another one. Places ascend inside a shard. */
const isPlace = ({ positions }: View, shard: number, seq: string): boolean => {
  let low = positions.first.at(shard);
  let high = low + positions.size.at(shard);
  const end = high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareSequence(positions.seq(middle), seq) < 0) low = middle + 1;
    else high = middle;
  }
  return low < end && compareSequence(positions.seq(low), seq) === 0;
};

const found = (view: View, entry: number, after: string): Found => {
  const position = view.positions.ofEntry[entry] ?? -1;
  const record = view.tables.entryRecord.at(entry);
  return {
    kind: null,
    blame: 'service-write',
    variant: isPlace(view, view.positions.shard.at(position), after) ? 'one-shard' : 'across-shards',
    records: [record],
    entries: [entry],
    positions: [position],
    flow: view.tables.entryFlow.at(entry),
    key: view.tables.records.flowKey.at(view.tables.entryFlow.at(entry)),
    shards: [view.positions.shard.at(position)],
    tell: () => ({
      sentence: `${recordName(view, record)} was put with SequenceNumberForOrdering ${shortSeq(after)} (${atLine(putLine(view, entry))}); however it was acknowledged at ${placeName(view, position)} (${atLine(ackLine(view, entry))}), which is not above it.`,
      evidence: { ...placeOf(view, position), after },
      witness: inOrder(linesOfEntry(view, entry)),
    }),
  };
};
