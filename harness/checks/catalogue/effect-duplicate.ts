import type { Check, Found } from '../check.ts';
import { type Again, againOf } from '../index/given-again.ts';
import type { Saying } from '../index/sayings.ts';
import { type Group, type Subjects, subjectsOf } from '../index/subjects.ts';
import type { View } from '../index/view.ts';
import { atLine, inOrder } from './phrases.ts';
import { aboutItem, itemName, placeFields, sayerName, sayingPlace, withoutSubject } from './subject-phrases.ts';

/** An application that reports `done` expects each effect once. Contract, rule 16. */
export const effectDuplicate: Check = {
  summary: 'a consumer is done with one record twice',
  source: 'no sentence of AWS: where the application reports `done`, each record takes effect once',
  example: 'the application reports #1 done, starts again, and reports #1 done again',
  expect: 'forbid',
  streaming: 'settled',
  causes: ['A batch was handled again after one of its records failed (powertools-lambda-java#1820).'],
  todo: [
    'Answer with the failed numbers (batchItemFailures), and stop at the first one of a key.',
    'Make effects idempotent.',
  ],
  notApplicable: withoutSubject,
  find: function* (view: View): Generator<Found> {
    const subjects = subjectsOf(view);
    for (const group of subjects.groups)
      for (const again of againOf(subjects, group, group.dones)) yield found(subjects, group, again);
  },
};

const found = (subjects: Subjects, group: Group, { before, again, kind }: Again<Saying>): Found => ({
  ...aboutItem(subjects, group, again.item, again.position),
  kind,
  tell: () => ({
    sentence: `${sayerName(group, before)} was done with ${itemName(subjects, again.item, again.position)} (${atLine(before.line)}); however ${sayerName(group, again)} did it again, at ${sayingPlace(subjects, again)} (${atLine(again.line)}).`,
    evidence: { group: group.name, ...placeFields(subjects, again.position) },
    witness: inOrder([before.line, again.line]),
  }),
});
