import type { Check, Found } from '../check.ts';
import { type Ahead, aheadOf } from '../index/passed-over.ts';
import { type Group, type Subjects, subjectsOf } from '../index/subjects.ts';
import type { View } from '../index/view.ts';
import { atLine, inOrder, lineOfRead, placeName } from './phrases.ts';
import {
  aboutItem,
  checkpointName,
  itemName,
  placeFields,
  sayerName,
  unknownWithoutFinal,
  withoutFinal,
} from './subject-phrases.ts';

/** A consumer that starts again behind such a checkpoint loses the record. Contract, rule 16. */
export const checkpointAhead: Check = {
  summary: 'a consumer checkpoints at or after a record that it has not handled yet',
  source:
    'a consumer that starts again continues after its checkpoint: what it had not handled by then is lost (KCL, checkpointing)',
  example: 'the application checkpoints at 3, and receives 3 after that',
  expect: 'forbid',
  streaming: 'settled',
  causes: [
    'The checkpoint is written when a batch is fetched, not when it is handled (pulsar#8192).',
    'Records are handled asynchronously, and the checkpoint does not wait.',
  ],
  todo: [
    'Write the checkpoint of a record after its effect.',
    'With several in flight: only up to the first that is not done.',
  ],
  notApplicable: withoutFinal,
  unknown: unknownWithoutFinal,
  find: function* (view: View): Generator<Found> {
    const subjects = subjectsOf(view);
    if (subjects.isDump) return;
    for (const group of subjects.groups)
      for (const ahead of aheadOf(subjects, group)) yield found(subjects, group, ahead);
  },
};

const found = (subjects: Subjects, group: Group, { item, position, checkpoint, handledLine }: Ahead): Found => {
  const lastLine = group.stretches.get(checkpoint.shard)?.lastLine ?? 0;
  return {
    ...aboutItem(subjects, group, item, position),
    // Contract, rule 23: only then may the loss of the record explain it.
    ...(checkpoint.line > lastLine ? { variant: 'after-all' } : {}),
    tell: () => {
      const what = group.dones.length > 0 ? 'done with it' : 'given it';
      const when = Number.isFinite(handledLine) ? `only after that (${atLine(handledLine)})` : 'never';
      return {
        sentence: `${sayerName(group, checkpoint)} wrote ${checkpointName(subjects, checkpoint)}, which leaves ${itemName(subjects, item, position)} at ${placeName(subjects.view, position)} behind; however ${group.name} was ${what} ${when}.`,
        evidence: {
          group: group.name,
          ...placeFields(subjects, position),
          checkpoint: checkpoint.reported.event.seq ?? checkpoint.reported.event.at ?? null,
        },
        witness: inOrder([
          checkpoint.line,
          ...lineOfRead(subjects.view, position),
          ...(Number.isFinite(handledLine) ? [handledLine] : []),
        ]),
      };
    },
  };
};
