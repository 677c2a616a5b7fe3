import type { Found } from '../check.ts';
import type { GivenLate } from '../index/given-late.ts';
import type { Group, Subjects } from '../index/subjects.ts';
import { atLine, inOrder } from './phrases.ts';
import { aboutItem, inStream, itemName, placeFields } from './subject-phrases.ts';

type Event = { readonly item: number; readonly position: number; readonly shard: number; readonly line: number };

/** What a consumer did with a record, in words that its name follows: `worker w1 of app received`. */
type Did<T> = { readonly early: (event: T) => string; readonly late: (event: T) => string };

/** The finding of a record that a consumer met, or was done with, after one that the stream has behind it. */
export const foundLate = <T extends Event>(
  subjects: Subjects,
  group: Group,
  { flow, late, early }: GivenLate<T>,
  did: Did<T>,
): Found => ({
  ...aboutItem(subjects, group, late.item, late.position),
  flow,
  key: subjects.view.tables.records.flowKey.at(flow),
  tell: () => ({
    sentence: `${inStream(subjects, late, early)}; however ${did.early(early)} ${itemName(subjects, early.item, early.position)} first (${atLine(early.line)}), and ${did.late(late)} ${itemName(subjects, late.item, late.position)} only then (${atLine(late.line)}).`,
    evidence: {
      group: group.name,
      late: placeFields(subjects, late.position),
      early: placeFields(subjects, early.position),
    },
    witness: inOrder([early.line, late.line]),
  }),
});
