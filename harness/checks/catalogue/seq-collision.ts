import type { Check, Found } from '../check.ts';
import type { View } from '../index/view.ts';
import { inOrder, lineOfRead, linesOfAck, placeOf, shardName, shortSeq } from './phrases.ts';

/** A3: one sequence number in two shards. */
export const seqCollision: Check = {
  summary: 'two shards use the same sequence number',
  source:
    '"unique to all records in the stream" (SDK, PutRecords) against "unique per partition-key within its shard" (developer guide, key concepts): allowed, since the two contradict each other',
  example: 'shard 0 and shard 1 both acknowledge a record at 7',
  expect: 'allow',
  streaming: 'settled',
  causes: [
    'The engine counts per shard, as several emulators do.',
    'A merge or a split began its child at a number of its sibling.',
  ],
  todo: ['Never use a sequence number without its shard as an identity.', 'Compare the engine with another one.'],
  find: function* (view: View): Generator<Found> {
    if (view.positions.first.length < 2) return;
    // Open addressing over integers: a Map of the texts took four times as long.
    const slots = new Int32Array(2 ** Math.ceil(Math.log2(view.positions.count * 2 + 2))).fill(-1);
    const tags = new Int32Array(slots.length);
    for (let position = 0; position < view.positions.count; position += 1) {
      if (isInsideOne(view, position)) continue;
      const tag = view.positions.tag.at(position);
      let slot = tag & (slots.length - 1);
      let other = slots[slot] ?? -1;
      while (other >= 0 && (tags[slot] !== tag || !isSame(view, other, position))) {
        slot = (slot + 1) & (slots.length - 1);
        other = slots[slot] ?? -1;
      }
      if (other < 0) {
        slots[slot] = position;
        tags[slot] = tag;
      } else if (view.positions.shard.at(other) !== view.positions.shard.at(position))
        yield found(view, other, position);
    }
  },
};

/** Not the first place of its number: an aggregate has one number, however many user records it carries. */
const isInsideOne = (view: View, position: number): boolean =>
  position > 0 &&
  view.positions.shard.at(position - 1) === view.positions.shard.at(position) &&
  isSame(view, position - 1, position);

const isSame = ({ tables, positions }: View, one: number, other: number): boolean =>
  tables.sequences.compare(positions.number(one), positions.number(other)) === 0;

const found = (view: View, one: number, other: number): Found => {
  const shards = [view.positions.shard.at(one), view.positions.shard.at(other)];
  return {
    kind: null,
    blame: 'service-write',
    positions: [one, other],
    shards,
    tell: () => ({
      sentence: `${shortSeq(view.positions.seq(one))} is a number of ${shards.map((shard) => shardName(view, shard)).join(' and of ')}.`,
      evidence: { seq: view.positions.seq(one), places: [placeOf(view, one), placeOf(view, other)] },
      witness: inOrder(
        [one, other].flatMap((position) => [...linesOfAck(view, position), ...lineOfRead(view, position)]),
      ),
    }),
  };
};
