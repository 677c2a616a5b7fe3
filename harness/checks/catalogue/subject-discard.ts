import type { Check, Found } from '../check.ts';
import type { Saying } from '../index/sayings.ts';
import { type Group, type Subjects, subjectsOf } from '../index/subjects.ts';
import type { View } from '../index/view.ts';
import { atLine } from './phrases.ts';
import { aboutItem, itemName, placeFields, sayerName, sayingPlace, withoutSubject } from './subject-phrases.ts';

/** A record that was given up, without saying where it went. Contract, rule 16. */
export const subjectDiscard: Check = {
  summary: 'a consumer gives up a record without sending it anywhere',
  source: 'what an application owes is handled, or kept somewhere (an on-failure destination, a dead-letter queue)',
  example: 'the application discards #1, and names no `to`',
  expect: 'forbid',
  streaming: 'settled',
  causes: ['Retries were spent, or the record was too old, and there was no destination for it.'],
  todo: ['Name a destination for failed records (onFailure, dead-letter queue).'],
  notApplicable: withoutSubject,
  find: function* (view: View): Generator<Found> {
    const subjects = subjectsOf(view);
    // A sentinel is no loss.
    for (const group of subjects.groups)
      for (const one of group.discards) if (!subjects.items.isMarker(one.item)) yield found(subjects, group, one);
  },
};

const found = (subjects: Subjects, group: Group, saying: Saying): Found => {
  const { item, position, line, reported } = saying;
  const { to, message } = reported.event;
  return {
    ...aboutItem(subjects, group, item, position),
    ...(to === undefined ? {} : { expect: 'report' as const }),
    tell: () => ({
      sentence: `${sayerName(group, saying)} gave up ${itemName(subjects, item, position)} at ${sayingPlace(subjects, saying)} (${atLine(line)}), ${to === undefined ? 'and named no destination' : `and sent it to ${to}`}${message === undefined ? '' : ` (${message})`}.`,
      evidence: { group: group.name, ...placeFields(subjects, position), to: to ?? null },
      witness: [line],
    }),
  };
};
