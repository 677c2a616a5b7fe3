import type { Check, Found } from '../check.ts';
import { type Claimed, claimsOf } from '../index/claimed.ts';
import { type Group, type Subjects, subjectsOf } from '../index/subjects.ts';
import type { View } from '../index/view.ts';
import { atLine, shardName, shortSeq } from './phrases.ts';
import { aboutItem, itemName, withoutFinal } from './subject-phrases.ts';

/** What an application says of itself is evidence about itself only. Contract, rule 14. */
export const subjectClaim: Check = {
  summary: 'a consumer reports a record that was never stored',
  source: 'what a consumer handles was acknowledged, fetched or read by another reader',
  example: 'the application receives 2; the final reader delivers 1, 3 from the beginning of the shard',
  expect: 'forbid',
  streaming: 'settled',
  causes: [
    'The application reports a number that it never received: an index instead of a number, or one of another shard.',
  ],
  todo: ['Report the sequence number as it came, with its shard.'],
  notApplicable: withoutFinal,
  find: function* (view: View): Generator<Found> {
    const subjects = subjectsOf(view);
    for (const group of subjects.groups)
      for (const claimed of claimsOf(subjects, group)) yield found(subjects, group, claimed);
  },
};

const found = (subjects: Subjects, group: Group, { item, position, line, shard, number, what }: Claimed): Found => ({
  ...aboutItem(subjects, group, item, position),
  shards: [shard],
  tell: () => {
    const { tables } = subjects.view;
    const place = `${shortSeq(tables.sequences.text(number))} of ${shardName(subjects.view, shard)}`;
    const name = subjects.items.recordOf(item) < 0 ? 'a record' : itemName(subjects, item, position);
    return {
      sentence: `${group.name} says that it ${what} ${name} at ${place} (${atLine(line)}); however the final reader went over that place, and no acknowledgement, fetch or other page has it there.`,
      evidence: { group: group.name, shard: shardName(subjects.view, shard), seq: tables.sequences.text(number) },
      witness: [line],
    };
  },
});
