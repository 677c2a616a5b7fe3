import type { Check, Found } from '../check.ts';
import { type GivenLate, givenLate } from '../index/given-late.ts';
import { stampOfReport } from '../index/machines.ts';
import type { Saying } from '../index/sayings.ts';
import { type Group, type Subjects, subjectsOf } from '../index/subjects.ts';
import type { View } from '../index/view.ts';
import { foundLate } from './late-in-group.ts';
import { sayerName, withoutSubject } from './subject-phrases.ts';

/** As `subject-reorder`, for what the application reports to have done. Contract, rule 16. */
export const effectReorder: Check = {
  summary: 'a consumer is done with records of one key in another order than the stream has them',
  source: 'no sentence of AWS: where the application reports `done`, each key takes effect in the order of the stream',
  example: 'the application receives #1, #2 and reports #2 done before #1',
  expect: 'forbid',
  streaming: 'settled',
  causes: ['Effects of a key are applied in parallel.', 'A failed record was retried after newer ones of its key.'],
  todo: ['Apply the effects of a key one after the other.'],
  about: ['order', 'keys', 'arrival'],
  notApplicable: withoutSubject,
  find: function* (view: View): Generator<Found> {
    const subjects = subjectsOf(view);
    for (const group of subjects.groups)
      for (const late of givenLate(subjects, group.dones, ({ reported }) => stampOfReport(reported)))
        yield found(subjects, group, late);
  },
};

const found = (subjects: Subjects, group: Group, late: GivenLate<Saying>): Found =>
  foundLate(subjects, group, late, {
    early: (one) => `${sayerName(group, one)} was done with`,
    late: (one) => `${sayerName(group, one)} with`,
  });
