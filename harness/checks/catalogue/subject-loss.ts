import type { Check, Found } from '../check.ts';
import { type Losses, type Lost, lossesOf } from '../index/losses.ts';
import { type Group, type Subjects, subjectsOf } from '../index/subjects.ts';
import { isWorkload, type View } from '../index/view.ts';
import { countsOf, firstNames, type ItemAt, whereNotGiven } from './not-read.ts';
import { atLine, inOrder, lineOfRead, linesOfAck, placeName, shardName } from './phrases.ts';
import { aboutItem, itemName, placeFields, records, unknownWithoutFinal, withoutFinal } from './subject-phrases.ts';

/** A record that the application owes, and never received. Contract, rules 15 and 16. */
export const subjectLoss: Check = {
  summary: 'a consumer never receives a record that it had to handle',
  source:
    'what the application owes (history format, `owes`); without it, every record between its first and its last delivery in a shard',
  example: 'the final reader delivers 1, 2, 3; the application receives 1, 3',
  expect: 'forbid',
  streaming: 'settled',
  causes: [
    'An exception in the handler, after which the batch was skipped (amazon-kinesis-client#10).',
    'A checkpoint was written before the batch was handled, and the worker died.',
    'A shard that a reshard made was never picked up (kind shard).',
    'Reading began at LATEST, after the first record was written (kind head).',
  ],
  todo: [
    'Write a checkpoint only after the last record that is done.',
    'Send records that cannot be handled to a dead-letter queue, and report it.',
    'List the shards again after each shard end.',
  ],
  notApplicable: withoutFinal,
  unknown: (view) => unknownWithoutFinal(view) ?? reasonsOf(view)[0],
  find: function* (view: View): Generator<Found> {
    const subjects = subjectsOf(view);
    if (subjects.isDump) return;
    for (const group of subjects.groups) {
      const losses = lossesOf(subjects, group);
      for (const lost of losses.lost) yield found(subjects, group, lost);
      if (losses.inUnread.length > 0) yield foundShards(subjects, group, losses);
    }
  },
};

const reasonsOf = (view: View): readonly string[] => {
  const subjects = subjectsOf(view);
  return subjects.groups.flatMap((group) => {
    const { unknown } = lossesOf(subjects, group);
    if (unknown === undefined) return [];
    const counted = notGivenWords(subjects, group);
    // If records are counted by place, they are not counted a second time.
    return [`${counted === '' ? unknown.counted : counted}${unknown.why}`];
  });
};

/** Counts the missing records by where they are, with the first names. It stands before why their loss is unknown. */
const notGivenWords = (subjects: Subjects, group: Group): string => {
  const all = notGiven(subjects, group).map((one) => whereNotGiven(subjects, group, one));
  if (all.length === 0) return '';
  const were = all.length === 1 ? 'record' : 'records';
  return `${group.name} was not given ${all.length} ${were} that the final reader has: ${countsOf(subjects.view, all)}.${firstNames(all)}. `;
};

/** Records of the run only: nobody owes foreign ones. */
const notGiven = ({ view, items, finals }: Subjects, group: Group): readonly ItemAt[] => {
  const discarded = new Set(group.discards.map(({ item }) => item));
  const missing = new Map<number, number>();
  for (const read of finals) {
    const item = items.ofRead(read);
    const record = items.recordOf(item);
    if (record < 0 || items.isMarker(item) || !isWorkload(view, record)) continue;
    if (group.isFiltering || group.deliveries.has(item) || discarded.has(item) || missing.has(item)) continue;
    missing.set(item, view.positions.ofRead[read] ?? -1);
  }
  return [...missing];
};

const found = (subjects: Subjects, group: Group, { item, position, kind }: Lost): Found => ({
  ...aboutItem(subjects, group, item, position),
  kind,
  tell: () => {
    const { view } = subjects;
    const stretch = group.stretches.get(view.positions.shard.at(position));
    return {
      sentence: `The final reader has ${itemName(subjects, item, position)} at ${placeName(view, position)}; however ${group.name} never received it${aroundWords(subjects, kind, stretch)}.`,
      evidence: { group: group.name, ...placeFields(subjects, position) },
      witness: inOrder([
        ...linesOfAck(view, position),
        ...lineOfRead(view, position),
        ...(stretch === undefined ? startLines(group, view.positions.shard.at(position)) : [stretch.lastLine]),
      ]),
    };
  },
});

const startLines = ({ starts }: Group, shard: number): readonly number[] =>
  starts
    .filter((start) => start.shard === shard)
    .map(({ line }) => line)
    .slice(0, 1);

type Stretch = { readonly low: number; readonly high: number; readonly lastLine: number };

const aroundWords = ({ view }: Subjects, kind: string, stretch: Stretch | undefined): string => {
  if (stretch === undefined) return ', and nothing else of that shard, though it had started it';
  if (kind === 'head') return `: the first that it received of that shard is ${placeName(view, stretch.low)}`;
  if (kind === 'tail')
    return `: the last that it received of that shard is ${placeName(view, stretch.high)} (${atLine(stretch.lastLine)})`;
  return `, though it received ${placeName(view, stretch.low)} and ${placeName(view, stretch.high)}`;
};

/** One finding for all shards that it never began. */
const foundShards = (subjects: Subjects, group: Group, { inUnread }: Losses): Found => {
  const { view, items } = subjects;
  const shards = [...new Set(inUnread.map(({ position }) => view.positions.shard.at(position)))].sort((a, b) => a - b);
  return {
    kind: 'shard',
    blame: 'consumer',
    items: inUnread.map(({ item }) => `${group.id} ${item}`),
    records: inUnread.map(({ item }) => items.recordOf(item)).filter((record) => record >= 0),
    shards,
    tell: () => {
      const names = shards.map((shard) => shardName(view, shard));
      return {
        sentence: `${group.name} neither started ${names.join(', ')} nor received anything of ${names.length === 1 ? 'it' : 'them'}; however the final reader has ${records(inUnread.length)} there that it owes.`,
        evidence: { group: group.name, shards: names, records: inUnread.length },
        witness: inOrder(
          inUnread
            .slice(0, 3)
            .flatMap(({ position }) => [...linesOfAck(view, position), ...lineOfRead(view, position)]),
        ),
      };
    },
  };
};
