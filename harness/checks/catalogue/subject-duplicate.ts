import type { Check, Found } from '../check.ts';
import type { Delivery } from '../index/deliveries.ts';
import { type Again, type AgainKind, againOf } from '../index/given-again.ts';
import { type Group, type Subjects, subjectsOf } from '../index/subjects.ts';
import type { View } from '../index/view.ts';
import { atLine, inOrder, placeName } from './phrases.ts';
import { aboutItem, checkpointName, giverName, itemName, placeFields, withoutSubject } from './subject-phrases.ts';

/**
 * An application receives a record again: at-least-once allows that behind a checkpoint, and where the stream has a
 * copy. Contract, rule 16.
 */
export const subjectDuplicate: Check = {
  summary: 'a consumer receives a record again',
  source:
    'a consumer that starts again continues after its checkpoint (KCL: "the record processor … resumes from the last checkpoint")',
  example: 'the application checkpoints at 2, starts again, and receives 2',
  expect: 'forbid',
  streaming: 'settled',
  causes: [
    'A worker started again at its last checkpoint (kind resume).',
    'Two workers read one shard for a while (two-owners).',
  ],
  todo: ['Make the handler idempotent, by producer, key and number.', 'Write checkpoints more often.'],
  notApplicable: withoutSubject,
  find: function* (view: View): Generator<Found> {
    const subjects = subjectsOf(view);
    for (const group of subjects.groups)
      for (const again of againOf(subjects, group, group.deliveries)) yield found(subjects, group, again);
  },
};

/** Said of one finding or of many. */
const allowed: Readonly<Partial<Record<AgainKind, string>>> = {
  copy: 'the stream itself has copies',
  resume: 'a consumer that begins again begins behind the last checkpoint of a shard',
};

/** Without a checkpoint, it is unknown how far the shard was done: a consumer may then begin again anywhere. */
const withoutCheckpoint = 'no checkpoint of the shard was recorded before';

const found = (subjects: Subjects, group: Group, again: Again<Delivery>): Found => {
  const { before, again: one, kind, checkpoint } = again;
  const because = kind === 'resume' && checkpoint === undefined ? withoutCheckpoint : allowed[kind];
  return {
    ...aboutItem(subjects, group, one.item, one.position),
    kind,
    ...(because === undefined ? {} : { expect: 'allow' as const, allowedBecause: because }),
    tell: () => ({
      sentence: `${giverName(subjects, group, one)} received ${itemName(subjects, one.item, one.position)} at ${placeName(subjects.view, one.position)} again (${atLine(one.line)}); ${giverName(subjects, group, before)} had received it before (${atLine(before.line)})${whyWords(subjects, again)}.`,
      evidence: { group: group.name, ...placeFields(subjects, one.position) },
      witness: inOrder([
        before.line,
        one.line,
        ...(kind === 'checkpointed' && checkpoint !== undefined ? [checkpoint.line] : []),
      ]),
    }),
  };
};

const whyWords = (subjects: Subjects, { kind, checkpoint, before }: Again<Delivery>): string => {
  if (kind === 'copy') return ` at ${placeName(subjects.view, before.position)}`;
  if (kind === 'same-chain') return ' by the same iterator';
  if (checkpoint === undefined) return ', and no checkpoint of that shard stands between';
  const where = kind === 'checkpointed' ? 'it lies at or before' : 'it lies behind';
  return `; ${where} ${checkpointName(subjects, checkpoint)}, the last one`;
};
