import { expect, test } from 'vitest';
import { importing } from '../testing/imported.ts';
import { rowsOf } from '../testing/imported-rows.ts';

const { file, imported } = importing();

const dump = async (counters: readonly number[], id?: string) => {
  const path = await file(rowsOf(counters.map((n, at) => [0, at + 1, 'a', n])));
  const { words, verdict } = await imported([{ format: 'jsonl', path, isPut: false }], id === undefined ? {} : { id });
  return { hint: words.find((text) => text.includes('may be missing')), verdict };
};
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

test('a number that is missing among others that are not is named, and breaks nothing', async () => {
  const { hint, verdict } = await dump(upTo(30).filter((n) => n !== 9));
  expect(hint).toBe(
    '27 of 28 steps within a key are by one, so 1 number may be missing: "a" #9 is the first. If no number may be missing, say so: --id json:/FIELD,counter=dense',
  );
  expect(verdict.verdict).toBe('holds');
});

test.each<[string, readonly number[], string?]>([
  ['no number is missing', upTo(30)],
  ['a number that comes late is not missing', [...upTo(8), 10, 9, ...upTo(30).slice(10)]],
  ['a counter that counts over all keys leaves out many', upTo(60).filter((n) => n % 3 === 0)],
  ['few records prove nothing', [1, 2, 4, 5]],
  ['it is known to be dense', upTo(30).filter((n) => n !== 9), 'json:/counter,counter=dense,first=1'],
])('nothing is said if %s', async (_, counters, id) => {
  expect((await dump(counters, id)).hint).toBeUndefined();
});
