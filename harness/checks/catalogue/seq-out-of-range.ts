import { compareSequence } from '../../model/sequence-number.ts';
import type { Check, Found } from '../check.ts';
import type { Declared } from '../index/lineage.ts';
import { isForeignAt, recordsAt, type View } from '../index/view.ts';
import { atLine, inOrder, lineOfRead, linesOfAck, placeName, placeOf, shardName, shortSeq } from './phrases.ts';

/**
 * A9: a number outside the range that its shard declares. If the declaration itself makes no sense, that is the
 * finding, and records are not compared with it. Contract, 10.
 */
export const seqOutOfRange: Check = {
  summary: 'a sequence number lies outside the range that its shard declares',
  source: '"SequenceNumberRange: the range of possible sequence numbers for the shard" (SDK, Shard)',
  example: 'a shard declares 10 to 20 and holds a record at 25',
  expect: 'forbid',
  streaming: 'settled',
  causes: [
    'The engine declares a range that it does not keep: kinesis-local gives closed shards 2^63 - 1 as their end (kind declared).',
    'A record was stored after its shard was closed; then write-to-closed stands beside it.',
  ],
  todo: [
    'Do not compute with declared ranges on this engine.',
    'Name it as a known deviation of the target, so that it is counted and allowed.',
  ],
  notApplicable: (view) => (view.tables.snapshots.length > 0 ? undefined : 'no topology was recorded'),
  find: function* (view: View): Generator<Found> {
    for (const [id, shard] of view.lineage.shards.entries()) {
      if (!shard.isListed || shard.starting === undefined) continue;
      if (shard.nonsense !== undefined) yield declared(view, id, shard.nonsense);
      else yield* outside(view, id, shard.starting, shard.ending);
    }
  },
};

const declared = (view: View, id: number, { starting, ending, line }: Declared): Found => ({
  kind: 'declared',
  blame: 'service-write',
  shards: [id],
  tell: () => ({
    sentence: `${shardName(view, id)} declares that it ends at ${shortSeq(ending)} and starts at ${shortSeq(starting)} (${atLine(line)}): its end lies before its start.`,
    evidence: { shard: shardName(view, id), starting, ending },
    witness: inOrder([line]),
  }),
});

/** Positions ascend, so what lies outside is a beginning and an end of the shard's list. */
function* outside(view: View, id: number, starting: string, ending: string | undefined): Generator<Found> {
  const first = view.positions.first.at(id);
  const end = first + view.positions.size.at(id);
  let low = first;
  for (; low < end && compareSequence(view.positions.seq(low), starting) < 0; low += 1) {
    if (!isForeignAt(view, low)) yield found(view, low, id);
  }
  if (ending === undefined) return;
  for (let high = end - 1; high >= low && compareSequence(view.positions.seq(high), ending) > 0; high -= 1) {
    if (!isForeignAt(view, high)) yield found(view, high, id);
  }
}

const found = (view: View, position: number, id: number): Found => ({
  kind: null,
  blame: 'service-write',
  records: recordsAt(view, position),
  positions: [position],
  shards: [id],
  tell: () => {
    const shard = view.lineage.shards[id];
    return {
      sentence: `${placeName(view, position)} lies outside the range that the shard declares: ${shortSeq(shard?.starting ?? '')} to ${shard?.ending === undefined ? 'open' : shortSeq(shard.ending)}.`,
      evidence: { ...placeOf(view, position), starting: shard?.starting ?? null, ending: shard?.ending ?? null },
      witness: inOrder([
        ...linesOfAck(view, position),
        ...lineOfRead(view, position),
        shard?.line ?? 0,
        shard?.closedLine ?? 0,
      ]),
    };
  },
});
