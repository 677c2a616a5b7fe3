import type { Check, Found } from '../check.ts';
import { placesAt } from '../index/places.ts';
import { type Checkpoint, type Group, type Subjects, subjectsOf } from '../index/subjects.ts';
import type { View } from '../index/view.ts';
import { inOrder } from './phrases.ts';
import { checkpointName, sayerName, withoutSubject } from './subject-phrases.ts';

/** A checkpoint that lies before an earlier one: the shard is then handled again. Contract, rule 16. */
export const checkpointBack: Check = {
  summary: 'a consumer writes a checkpoint that lies before an earlier one of the shard',
  source: 'a checkpoint says how far a shard was handled (KCL, checkpointing)',
  example: 'the application checkpoints at 3, then at 2',
  expect: 'report',
  streaming: 'settled',
  causes: ['A worker that had lost its lease wrote its checkpoint late.'],
  todo: ['Write checkpoints conditionally, with the lease counter.'],
  notApplicable: withoutSubject,
  find: function* (view: View): Generator<Found> {
    const subjects = subjectsOf(view);
    for (const group of subjects.groups) yield* backIn(subjects, group);
  },
};

function* backIn(subjects: Subjects, group: Group): Generator<Found> {
  const tops = new Map<number, Checkpoint>();
  for (const checkpoint of group.checkpoints) {
    const top = tops.get(checkpoint.shard);
    if (top !== undefined && compare(subjects.view, checkpoint, top) < 0) yield found(subjects, group, checkpoint, top);
    else tops.set(checkpoint.shard, checkpoint);
  }
}

/** Compares numbers, not places: a checkpoint may name a number that nobody stored. */
const compare = (view: View, one: Checkpoint, other: Checkpoint): number => {
  const [a, b] = [one.reported.number, other.reported.number];
  if (a < 0 || b < 0) return (a < 0 ? 1 : 0) - (b < 0 ? 1 : 0);
  return view.tables.sequences.compare(a, b) || Math.sign(subOf(view, one) - subOf(view, other)) || 0;
};

/** The sub-sequence number of a checkpoint. Without `sub`, or at a plain record, the whole Kinesis record counts. */
const subOf = (view: View, { shard, reported }: Checkpoint): number => {
  const [first, end] = placesAt(view, shard, reported.number);
  const isPlain = first < end && view.positions.sub(first) < 0;
  return isPlain ? Number.MAX_SAFE_INTEGER : (reported.event.sub ?? Number.MAX_SAFE_INTEGER);
};

const found = (subjects: Subjects, group: Group, checkpoint: Checkpoint, top: Checkpoint): Found => ({
  kind: null,
  blame: 'consumer',
  shards: [checkpoint.shard],
  tell: () => ({
    sentence: `${sayerName(group, checkpoint)} wrote ${checkpointName(subjects, checkpoint)}; however ${checkpointName(subjects, top)} had been written before and lies behind it.`,
    evidence: {
      group: group.name,
      to: checkpoint.reported.event.seq ?? null,
      from: top.reported.event.seq ?? top.reported.event.at ?? null,
    },
    witness: inOrder([top.line, checkpoint.line]),
  }),
});
