import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { HistoryLine } from '../check-history.ts';
import { followEvent, followHot } from '../checks/plain/plain-lines.ts';
import { PlainRun } from '../checks/plain/plain-run.ts';
import { plainVerdict } from '../checks/plain/plain-verdict.ts';
import { lineFeeder } from '../history/read-history.ts';
import { messageOf } from '../lib/error.ts';
import type { HistoryVerdict } from '../model/verdict.ts';
import { cleanHistory } from './clean-history.ts';
import { judgeBytes } from './judge-bytes.ts';
import { mutated } from './kill.ts';
import { allMutations } from './mutations/registry.ts';
import { plainHistory } from './plain-history.ts';

const bytesOf = (lines: readonly unknown[]): Buffer =>
  Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

/** What the plain reading says, or why it leaves the history to the judge of the whole. */
const followed = (bytes: Buffer, isScanned: boolean): HistoryVerdict | string => {
  const run = new PlainRun();
  try {
    const lines = lineFeeder(
      (event, line) => followEvent(run, event, line),
      isScanned ? (hot, line) => followHot(run, hot, line) : undefined,
    );
    lines.feed(bytes);
    lines.finish();
    return plainVerdict(run, 'bytes', {});
  } catch (thrown) {
    return messageOf(thrown);
  }
};

const reasonOf = (said: HistoryVerdict | string): string => (typeof said === 'string' ? said : 'plain');

/** Whatever is called plain has the verdict, the counts and the power that judging the whole gives it, by either decoder. */
const expectAgreed = (bytes: Buffer): boolean => {
  const [scanned, decoded] = [followed(bytes, true), followed(bytes, false)];
  if (typeof scanned === 'string') expect(decoded).toBeTypeOf('string');
  else expect([scanned, decoded]).toEqual([judgeBytes(bytes, true), judgeBytes(bytes, false)]);
  return typeof scanned !== 'string';
};

describe('a history that is plain to its end', () => {
  it('is judged on the way, as the judge of the whole does', () => {
    const reasons = new Map<string, number>();
    for (let seed = 0; seed < 60; seed += 1) {
      const bytes = bytesOf(plainHistory(`plain-${seed}`));
      if (expectAgreed(bytes)) continue;
      const why = reasonOf(followed(bytes, true));
      reasons.set(why, (reasons.get(why) ?? 0) + 1);
    }
    // Some are rightly left: calls that interleave, two calls of one shard that were answered the other way round.
    const left = [...reasons.values()].reduce((sum, count) => sum + count, 0);
    expect(left, JSON.stringify([...reasons])).toBeLessThan(30);
  });

  test.prop([fc.nat(), fc.integer({ min: 5, max: 150 })], { numRuns: 100 })('of any seed', (seed, steps) => {
    expectAgreed(bytesOf(plainHistory(String(seed), steps)));
  });
});

type Loose = Record<string, unknown>;
type Change = (line: Loose, random: number) => unknown;

/** Small changes to one line of whatever type. */
const changes: Readonly<Record<string, Change>> = {
  'a line goes': () => [],
  'a line twice': (line) => [line, line],
  'a record goes': (line, at) => edited(line, (items) => items.filter((_, index) => index !== at % items.length)),
  'two change places': (line, at) =>
    edited(line, (items) => {
      const turned = [...items];
      const [one, other] = [at % items.length, (at + 1) % items.length];
      [turned[one], turned[other]] = [items[other] ?? {}, items[one] ?? {}];
      return turned;
    }),
  'a record twice': (line, at) => edited(line, (items) => [...items, items[at % items.length] ?? {}]),
  'a number one higher': (line, at) =>
    edited(line, (items) => altered(items, at, 'seq', (seq) => `${BigInt(typeof seq === 'string' ? seq : 0) + 1n}`)),
  'a number much lower': (line, at) => edited(line, (items) => altered(items, at, 'seq', () => '7')),
  'another n': (line, at) => edited(line, (items) => altered(items, at, 'n', (n) => Number(n ?? 0) + 1)),
  'another key': (line, at) => edited(line, (items) => altered(items, at, 'key', () => 'p1-a')),
  'another digest': (line, at) => edited(line, (items) => altered(items, at, 'digest', () => '0011223344556677')),
  'no digest': (line, at) => edited(line, (items) => altered(items, at, 'digest', () => undefined)),
  'another arrival': (line, at) => edited(line, (items) => altered(items, at, 'arrival', (t) => Number(t ?? 0) + 5000)),
  'another shard': (line, at) => edited(line, (items) => altered(items, at, 'shard', () => 'shardId-000000000001')),
  'another time': (line) => ({ ...line, t0: 0 }),
  'nothing behind': (line) => ({ ...line, behind: 0 }),
  'no more': (line) => ({ ...line, more: false }),
  'another outcome': (line) => ({ ...line, outcome: 'info' }),
  'another chain': (line) => ({ ...line, chain: 1 }),
  'another reader': (line) => ({ ...line, reader: 'other' }),
};

const lists = ['entries', 'results', 'records'] as const;

const edited = (line: Loose, edit: (items: readonly Loose[]) => readonly Loose[]): Loose => {
  const field = lists.find((name) => Array.isArray(line[name]) && (line[name] as Loose[]).length > 0);
  return field === undefined ? line : { ...line, [field]: edit(line[field] as readonly Loose[]) };
};

const altered = (
  items: readonly Loose[],
  at: number,
  field: string,
  make: (old: unknown) => unknown,
): readonly Loose[] =>
  items.map((item, index) =>
    index === at % items.length && field in item ? { ...item, [field]: make(item[field]) } : item,
  );

describe('a history that is not plain is never called so with another verdict', () => {
  test.prop([fc.nat(), fc.constantFrom(...Object.keys(changes)), fc.nat(), fc.nat()], { numRuns: 400 })(
    'after a small change',
    (seed, name, at, random) => {
      const lines = plainHistory(String(seed), 50);
      const index = 2 + (at % (lines.length - 2));
      const change = changes[name]?.(lines[index] as unknown as Loose, random);
      expectAgreed(bytesOf([...lines.slice(0, index), ...[change].flat(), ...lines.slice(index + 1)]));
    },
  );

  test.prop([fc.nat(), fc.integer({ min: 3, max: 60 })], { numRuns: 60 })(
    'of the generator of all that is allowed',
    (seed, steps) => {
      expectAgreed(bytesOf(cleanHistory(String(seed), steps)));
    },
  );

  test.prop([fc.nat(), fc.constantFrom(...allMutations)], { numRuns: 100 })('of the mutations', (seed, mutation) => {
    const lines: readonly HistoryLine[] | undefined = mutated(mutation, String(seed));
    if (lines !== undefined) expectAgreed(bytesOf(lines));
  });
});
