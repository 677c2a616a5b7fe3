import { expect, test } from 'vitest';
import type { ReadFact } from './fact.ts';
import { Missed } from './missed.ts';

const of = (reader: string, n: number): ReadFact => ({
  kind: 'read',
  time: undefined,
  reader,
  worker: undefined,
  shard: 's',
  seq: String(100 + n),
  sub: undefined,
  key: 'k',
  flow: undefined,
  n,
  producer: undefined,
  digest: undefined,
  bytes: undefined,
  arrival: undefined,
});
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);
const each = (reader: string, seqs: readonly number[]): readonly ReadFact[] => seqs.map((n) => of(reader, n));
const told = (facts: readonly ReadFact[], max = { pending: 10, settled: 5 }): Pick<Missed, 'words' | 'notes'> => {
  const missed = new Missed([], max);
  for (const fact of facts) missed.take(fact);
  return missed;
};

test('another application that starts too late is not compared: a note, and nothing is reported missing', () => {
  const seen = told([...each('a', upTo(15)), ...each('b', upTo(15))]);
  expect(seen.words()).toEqual([]);
  expect(seen.notes()).toEqual([expect.stringMatching(/are not compared: they are more than 10 records apart; sort/)]);
});

test('the same if both are known from the beginning', () => {
  const seen = new Missed(['a', 'b'], { pending: 10, settled: 5 });
  for (const fact of each('a', upTo(15))) seen.take(fact);
  expect(seen.words()).toEqual([]);
  expect(seen.notes()).toHaveLength(1);
});

test('a single application is never reported, however many records it has', () => {
  const seen = told(each('a', upTo(50)));
  expect([...seen.words(), ...seen.notes()]).toEqual([]);
});

test('recent redeliveries are neither missed nor noted', () => {
  const pairs = upTo(9).flatMap((n) => [of('a', n), of('b', n)]);
  const seen = told([...pairs, of('a', 7), of('a', 9)]);
  expect([...seen.words(), ...seen.notes()]).toEqual([]);
});

test('older redeliveries are counted in a note, and nothing is reported missing', () => {
  const pairs = upTo(9).flatMap((n) => [of('a', n), of('b', n)]);
  const seen = told([...pairs, of('a', 2), of('a', 3)]);
  expect(seen.words()).toEqual([]);
  expect(seen.notes()).toEqual([expect.stringMatching(/^2 redelivered or late records .* more than 5 records apart/)]);
});

test('a third application that appears late misses records that the two others got before', () => {
  const pairs = upTo(4).flatMap((n) => [of('a', n), of('b', n)]);
  const seen = told([...pairs, ...each('c', [1, 2, 4])]);
  expect(seen.words()).toEqual([expect.stringMatching(/^c did not get "k" #3 \(103 of s\), which a and b got/)]);
  expect(seen.notes()).toEqual([]);
});
