import { several } from '../../lib/several.ts';
import type { Found } from '../check.ts';
import type { Delivery } from '../index/deliveries.ts';
import type { Saying } from '../index/sayings.ts';
import type { Checkpoint, Group, Subjects } from '../index/subjects.ts';
import { hasSubject, subjectsOf } from '../index/subjects.ts';
import type { View } from '../index/view.ts';
import { atLine, placeName, placeOf, recordName, shardName, shortSeq } from './phrases.ts';

export const withoutSubject = (view: View): string | undefined =>
  hasSubject(view) ? undefined : 'no consumer under test (role subject) read';

/** Why claims that compare an application with the final reader are not applicable; undefined: they are. */
export const withoutFinal = (view: View): string | undefined =>
  withoutSubject(view) ??
  (subjectsOf(view).isDump ? 'a dump of a consumer: nobody else says what was stored' : undefined);

export const unknownWithoutFinal = (view: View): string | undefined =>
  subjectsOf(view).isCompared
    ? undefined
    : 'no final reader delivered a record, so nothing says what the consumer had to handle';

/** `p1's "a" #3`; without identity, the place. */
export const itemName = ({ view, items }: Subjects, item: number, position: number): string => {
  const record = items.recordOf(item);
  if (record >= 0) return recordName(view, record);
  return position < 0 ? 'a record without identity' : `the record at ${placeName(view, position)}`;
};

/** `app`, or `worker w1 of app`. */
export const ownerName = ({ name }: Group, worker: string | undefined): string =>
  worker === undefined ? name : `worker ${worker} of ${name}`;

export const giverName = ({ view }: Subjects, group: Group, { page }: Delivery): string =>
  ownerName(group, view.tables.pageWorker.get(page));

export const sayerName = (group: Group, { reported }: { readonly reported: Checkpoint['reported'] }): string =>
  ownerName(group, reported.event.worker);

type Placed = { readonly item: number; readonly position: number };

/** Says which of two records comes first in the stream. `first` must not be behind `second` there. */
export const inStream = (subjects: Subjects, first: Placed, second: Placed): string => {
  const [one, other] = [first, second].map(({ item, position }) => itemName(subjects, item, position));
  const { view } = subjects;
  return first.position === second.position
    ? `${one} counts before ${other}, and both are in the record at ${placeName(view, first.position)}`
    : `In the stream, ${one} (${placeName(view, first.position)}) is before ${other} (${placeName(view, second.position)})`;
};

export const checkpointName = ({ view }: Subjects, { shard, reported, line }: Checkpoint): string => {
  const { event, number } = reported;
  const sub = event.sub === undefined ? '' : `/${event.sub}`;
  const at = number < 0 ? 'the end' : `${shortSeq(view.tables.sequences.text(number))}${sub}`;
  return `the checkpoint at ${at} of ${shardName(view, shard)} (${atLine(line)})`;
};

/** What findings about one item share. Positions are left out: they are those of the whole view. */
export const aboutItem = (
  { view, items }: Subjects,
  group: Group,
  item: number,
  position: number,
): Pick<Found, 'kind' | 'blame' | 'records' | 'items' | 'shards'> => {
  const record = items.recordOf(item);
  return {
    kind: null,
    blame: 'consumer',
    ...(record < 0 ? {} : { records: [record] }),
    items: [`${group.id} ${item}`],
    shards: position < 0 ? [] : [view.positions.shard.at(position)],
  };
};

/** Its place as evidence; empty if the place is unknown. */
export const placeFields = ({ view }: Subjects, position: number): Readonly<Record<string, unknown>> =>
  position < 0 ? {} : placeOf(view, position);

/** Where something was said to be done. */
export const sayingPlace = ({ view }: Subjects, { position, shard, reported }: Saying): string => {
  if (position >= 0) return placeName(view, position);
  const sub = reported.event.sub;
  return `${shortSeq(view.tables.sequences.text(reported.number))}${sub === undefined ? '' : `/${sub}`} of ${shardName(view, shard)}`;
};

export const records = (count: number): string => several(count, 'record');
