import type { Check, Found } from '../check.ts';
import { type Dropped, droppedBy } from '../index/fetches.ts';
import { type Group, type Subjects, subjectsOf } from '../index/subjects.ts';
import type { View } from '../index/view.ts';
import { atLine, inOrder, placeName, readerName } from './phrases.ts';
import { aboutItem, itemName, placeFields, unknownWithoutFinal, withoutFinal } from './subject-phrases.ts';

/**
 * The client library of an application fetched a record and did not hand it over. It names the component that lost the
 * record. Contract, rule 16.
 */
export const fetchedNotDelivered: Check = {
  summary: 'the client of a consumer fetched a record that the application never received',
  source: 'what its client fetched reaches the application: the library lost it, not the network',
  example: 'the client fetches 1, 2, 3; the application receives 1, 3 and is complete',
  expect: 'forbid',
  streaming: 'settled',
  causes: [
    'The client library fetched the record and dropped it: a filter, an aggregate that it does not recognise, a full queue.',
  ],
  todo: [
    'Look at the log of the library at the time of the fetch.',
    'Compare with a reader that does not unpack aggregates.',
  ],
  notApplicable: withoutFinal,
  unknown: unknownWithoutFinal,
  find: function* (view: View): Generator<Found> {
    const subjects = subjectsOf(view);
    if (subjects.isDump || subjects.finals.length === 0) return;
    for (const group of subjects.groups)
      for (const dropped of droppedBy(subjects, group)) yield found(subjects, group, dropped);
  },
};

const found = (subjects: Subjects, group: Group, { item, position, line, reader }: Dropped): Found => ({
  ...aboutItem(subjects, group, item, position),
  tell: () => ({
    sentence: `The client of ${group.name} (reader ${readerName(subjects.view, reader)}) fetched ${itemName(subjects, item, position)} at ${placeName(subjects.view, position)} (${atLine(line)}) and went on behind it; however ${group.name} never received it.`,
    evidence: { group: group.name, ...placeFields(subjects, position), fetchedBy: readerName(subjects.view, reader) },
    witness: inOrder([line]),
  }),
});
