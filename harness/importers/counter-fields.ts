import {
  type Candidate,
  lineNumberDoubt,
  withoutDiffering,
  withoutLineNumbers,
  withoutRepeating,
} from './counter-choice.ts';
import { endsLikeCounter } from './counter-names.ts';
import { type Course, courseOf, isNoCounter, isSteady } from './course.ts';
import { fields } from './fields.ts';
import { isLikeTime } from './like-time.ts';
import type { Mapping } from './mapping.ts';
import { isBeside, keysIn, type RowKeys, type Seen, seenIn, shardsIn } from './seen-fields.ts';

/**
 * Fields that may be the counter. Removes fields whose values do not rise like a counter, and adds those whose name
 * resembles a counter's. Without keys the values cannot be tested.
 */
export const countersAmong = (
  free: readonly Seen[],
  keys: RowKeys | undefined,
  { shards, places }: { readonly shards: RowKeys | undefined; readonly places: RowKeys | undefined },
): readonly Seen[] =>
  withoutLineNumbers(withoutRepeating(withoutDiffering(candidatesAmong(free, keys), places), shards), shards).map(
    ({ seen }) => seen,
  );

const candidatesAmong = (free: readonly Seen[], keys: RowKeys | undefined): readonly Candidate[] =>
  free.flatMap((one) => {
    const course = courseIn(one, keys);
    if (isNotOne(one, course)) return [];
    const seen = isNamed(one) || !isNearlyNamed(one, course) ? one : { ...one, name: lastName };
    return [
      {
        seen,
        isSteady: course !== undefined && isSteady(course, 3) && course.falling < course.rising,
        falls: course !== undefined && course.falling > 0,
        again: course === undefined || course.pairs === 0 ? 0 : course.again / course.pairs,
      },
    ];
  });

/** A sentence if the counter that was guessed may be a number of the line. */
export const counterDoubt = (rows: readonly unknown[], mapping: Mapping): string | undefined => {
  const seen = seenIn(rows);
  const taken = new Set(Object.entries(mapping).flatMap(([field, { text }]) => (field === 'n' ? [] : [text])));
  const free = [...seen.values()].filter(({ path }) => !taken.has(path) && isBeside(path, mapping));
  return lineNumberDoubt(mapping.n?.text, candidatesAmong(free, keysIn(seen, mapping)), shardsIn(seen, mapping));
};

/** True if the values are no counter. Times are excepted: many records of a key may share one second. */
const isNotOne = ({ values }: Seen, course: Course | undefined): boolean =>
  course !== undefined && isNoCounter(course) && !isLikeTime(values);

const isNamed = ({ name }: Seen): boolean => fields.n.names.some((known) => known === name);

/** The least likely name of a counter. */
const lastName = fields.n.names.at(-1) ?? '';

const isNearlyNamed = ({ own }: Seen, course: Course | undefined): boolean => {
  const likeness = endsLikeCounter(own);
  return likeness === 'sure' || (likeness === 'perhaps' && course !== undefined && isSteady(course, 3));
};

const courseIn = ({ values, rows }: Seen, keys: RowKeys | undefined): Course | undefined =>
  keys === undefined ? undefined : courseOf(values.map((value, at) => ({ key: keys[rows[at] as number], value })));

/**
 * If no counter was found: which fields may be meant, and which were rejected. Undefined if no field is like a
 * counter.
 */
export const counterHint = (rows: readonly unknown[], mapping: Mapping): string | undefined => {
  const seen = seenIn(rows);
  const keys = keysIn(seen, mapping);
  const taken = new Set(Object.values(mapping).map(({ text }) => text));
  const free = [...seen.values()].filter(({ path }) => !taken.has(path) && isBeside(path, mapping));
  const rising = free.filter((one) => isRising(courseIn(one, keys))).map(({ path }) => path);
  const [first] = rising;
  if (first !== undefined)
    return `${rising.slice(0, 3).join(' and ')} ${rising.length === 1 ? 'rises' : 'rise'} within each key: if it is the counter, name it with --map n=${first}`;
  return refusedWords(free, keys);
};

const isRising = (course: Course | undefined): boolean =>
  course !== undefined && course.falling < course.rising && isSteady(course, 20);

const refusedWords = (free: readonly Seen[], keys: RowKeys | undefined): string | undefined => {
  for (const one of free) {
    const course = courseIn(one, keys);
    if (course === undefined || !isNamed(one) || !isNotOne(one, course)) continue;
    const how = course.rising + course.falling === 0 ? 'stays the same' : 'rises and falls';
    return `${one.path} is not taken for the counter: it ${how} within a key. If it is the counter, name it with --map n=${one.path}`;
  }
  return undefined;
};
