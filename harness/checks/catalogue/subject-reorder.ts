import type { Check, Found } from '../check.ts';
import type { Delivery } from '../index/deliveries.ts';
import { type GivenLate, givenLate } from '../index/given-late.ts';
import { stampOfDelivery } from '../index/machines.ts';
import { type Group, type Subjects, subjectsOf } from '../index/subjects.ts';
import type { View } from '../index/view.ts';
import { foundLate } from './late-in-group.ts';
import { giverName, withoutSubject } from './subject-phrases.ts';

/**
 * The stream has two records of a flow in the order of n, and the application was first given them in the other one.
 * Contract, rule 16.
 */
export const subjectReorder: Check = {
  summary: 'a consumer handles records of one key in another order than the stream has them',
  source:
    '"records … through a GetRecords call are strictly ordered by sequence number" (developer guide): a consumer that takes them in turn keeps the order of each key',
  example: 'the stream has #1, #2; one worker receives #2, and later another one #1',
  expect: 'forbid',
  streaming: 'settled',
  causes: [
    'Several threads handle records of the same key.',
    'After a failure, newer records of the key were handled.',
  ],
  todo: ['Give all records of a key to one lane, and stop that lane at a failure.'],
  about: ['order', 'keys', 'arrival'],
  notApplicable: withoutSubject,
  find: function* (view: View): Generator<Found> {
    const subjects = subjectsOf(view);
    for (const group of subjects.groups)
      for (const late of givenLate(subjects, group.deliveries, (one) => stampOfDelivery(subjects, one)))
        yield found(subjects, group, late);
  },
};

const found = (subjects: Subjects, group: Group, late: GivenLate<Delivery>): Found => {
  const received = (one: Delivery): string => `${giverName(subjects, group, one)} received`;
  return foundLate(subjects, group, late, { early: received, late: received });
};
