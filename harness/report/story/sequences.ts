import { none, type Trace } from '../trace/trace.ts';
import type { Item } from './align.ts';
import type { LaneRecord } from './lane.ts';
import type { Form, Role } from './picture.ts';

/** The data of a picture: some records, the named ones, and what else is known. */
export type Scene = {
  readonly trace: Trace;
  readonly records: readonly LaneRecord[];
  readonly roleOf: (record: number) => Role;
  /** True if puts were recorded: then a record that nobody sent is missing, not unknown. */
  readonly hasPuts: boolean;
  /** Readers, in the order of their tracks. */
  readonly readers: readonly number[];
  readonly isFinal: (reader: number) => boolean;
  /** True if nobody stored the named record, and only an application reports it. */
  readonly isClaimed?: boolean;
};

/** A mark before it has a column. `rank` decides its position on the track. */
export type Placed = {
  readonly item: Item;
  readonly record: number;
  readonly form: Form;
  readonly line: number;
  readonly note: string | null;
  readonly rank: number;
  /** Index of the attempt, the place or the delivery. */
  readonly at: number;
};

const weights: Readonly<Record<Role, number>> = { late: 0.5, other: 0.9, neighbour: 1 };

const placed = (scene: Scene, record: number, name: string, under: readonly string[], scale = 1): Item => ({
  name,
  under,
  weight: weights[scene.roleOf(record)] * scale,
});

const ordered = (marks: readonly Placed[]): readonly Placed[] => marks.toSorted((a, b) => a.rank - b.rank);
const isNamed = (scene: Scene, record: number): boolean => scene.roleOf(record) !== 'neighbour';

/**
 * The first sending of each record, in the order of the calls. A named record that nobody sent comes after the number
 * before it.
 */
export const sentMarks = (scene: Scene): readonly Placed[] => {
  const { calls } = scene.trace;
  let before = -1;
  return ordered(
    scene.records.flatMap(({ attempts }, record): readonly Placed[] => {
      const [first] = attempts;
      const item = placed(scene, record, `r${record}`, []);
      if (first !== undefined) {
        before = first.entry;
        const line = calls.line[first.call] ?? 0;
        return [{ item, record, form: 'sent', line, note: null, rank: first.entry, at: first.entry }];
      }
      if (!scene.hasPuts || !isNamed(scene, record) || scene.isClaimed === true) return [];
      return [{ item, record, form: 'missing', line: 0, note: 'never sent', rank: before + 0.5, at: none }];
    }),
  );
};

/** Answers, in their order. The mark of a call without an answer is where the call was sent. */
export const answerMarks = (scene: Scene): readonly Placed[] => {
  const { calls, names } = scene.trace;
  return ordered(
    scene.records.flatMap(({ attempts }, record) =>
      attempts.map(({ entry, call, place, outcome, error }): Placed => {
        const line = Math.max(0, calls.ackLine[call] ?? 0);
        const rank = (line > 0 ? line : (calls.line[call] ?? 0)) + entry / 1e9;
        const note = outcome === 'stored' ? null : (names.errors[error] ?? 'no answer');
        const common = { record, line, rank, at: entry, note };
        if (outcome === 'stored')
          return { ...common, form: 'acknowledged', item: placed(scene, record, `p${place}`, [`r${record}`]) };
        if (outcome === 'refused')
          return { ...common, form: 'refused', item: placed(scene, record, `x${entry}`, [`r${record}`], 0.6) };
        return { ...common, form: 'unknown', item: placed(scene, record, `u${entry}`, [`r${record}`], 0.7) };
      }),
    ),
  );
};

/** Places, in consumption order. An acknowledged place that nobody read is known from its answer alone. */
export const storedMarks = (scene: Scene): readonly Placed[] => {
  let before = -1;
  const marks = scene.records.flatMap(({ places, attempts, deliveries }, record): readonly Placed[] => {
    const answered = new Set(attempts.map(({ place }) => place));
    const open = attempts.filter(({ outcome }) => outcome === 'unknown').map(({ entry }) => `u${entry}`);
    const [first] = places;
    if (first !== undefined) before = first;
    const read = new Set(deliveries.map(({ place }) => place));
    if (scene.isClaimed === true && scene.roleOf(record) === 'late') {
      const item = placed(scene, record, `p${first}`, [`r${record}`]);
      return [
        { item, record, form: 'missing', line: 0, note: 'nobody stored it', rank: first ?? before + 0.5, at: none },
      ];
    }
    const standing = places.map((place, copy): Placed => {
      const isRead = read.has(place);
      const under = answered.has(place) ? [] : [...open, `r${record}`];
      const form = isRead
        ? copy > 0 && places.some((other) => other < place && read.has(other))
          ? 'copy'
          : 'stored'
        : 'unread';
      const isToldOf = answered.has(place) || !scene.hasPuts;
      const note = isRead ? (isToldOf ? null : 'acknowledged to nobody') : 'read by nobody';
      return {
        item: placed(scene, record, `p${place}`, under),
        record,
        form,
        line: 0,
        note,
        rank: place + (deliveries.find((one) => one.place === place)?.delivery ?? 0) / 1e9,
        at: place,
      };
    });
    if (standing.length > 0 || !isNamed(scene, record) || attempts.length === 0) return standing;
    const item = placed(scene, record, `m${record}`, [`r${record}`]);
    return [{ item, record, form: 'missing', line: 0, note: 'not stored', rank: before + 0.5, at: none }];
  });
  return ordered(marks);
};

/** The deliveries to a reader, in its order. Adds a `missing` mark for each named record that it should have got. */
export const deliveredMarks = (scene: Scene, reader: number): readonly Placed[] => {
  const { pages, places } = scene.trace;
  const highest = new Map<number, number>();
  const given: Placed[] = [];
  for (const [record, { deliveries }] of scene.records.entries()) {
    const seen = new Map<number, number>();
    for (const { delivery, page, place } of deliveries) {
      if (pages.reader[page] !== reader) continue;
      const times = seen.get(place) ?? 0;
      seen.set(place, times + 1);
      const shard = places.shard[place] ?? none;
      highest.set(shard, Math.max(highest.get(shard) ?? none, place));
      const name = `d${reader} ${place}${times === 0 ? '' : ` ${delivery}`}`;
      const item = placed(scene, record, name, [`p${place}`, `r${record}`], times === 0 ? 1 : 0.4);
      const form = times === 0 ? 'delivered' : 'redelivered';
      given.push({ item, record, form, line: pages.line[page] ?? 0, note: null, rank: delivery, at: delivery });
    }
  }
  const inOrder = ordered(given);
  return ordered([...inOrder, ...missing(scene, reader, inOrder, highest)]);
};

/**
 * Marks of named records that were not delivered. Each is after the last delivered place below it. A reader must have
 * passed the place, or be a final reader.
 */
const missing = (
  scene: Scene,
  reader: number,
  given: readonly Placed[],
  highest: ReadonlyMap<number, number>,
): readonly Placed[] => {
  const { trace } = scene;
  const placeOf = ({ at }: Placed): number => trace.deliveries.place[at] ?? none;
  const delivered = new Set(given.map(placeOf));
  return scene.records.flatMap(({ places }, record): readonly Placed[] => {
    const place = places.find((one) => !delivered.has(one));
    if (place === undefined || !isNamed(scene, record) || places.some((one) => delivered.has(one))) return [];
    const shard = trace.places.shard[place] ?? none;
    const passed = (highest.get(shard) ?? none) > place;
    if (!passed && !scene.isFinal(reader)) return [];
    const before = given.findLast((mark) => placeOf(mark) < place);
    const item = placed(scene, record, `n${reader} ${place}`, [`p${place}`]);
    return [
      { item, record, form: 'missing', line: 0, note: 'never delivered', rank: (before?.rank ?? -1) + 0.5, at: none },
    ];
  });
};
