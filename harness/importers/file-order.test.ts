import { describe, expect, test } from 'vitest';
import { importing } from '../testing/imported.ts';
import { rowsOf } from '../testing/imported-rows.ts';

const { file, imported } = importing();

const withoutTimes = (text: string): string => text.replaceAll(/"time":"[^"]*",/g, '');
const part = (from: number): string => rowsOf([0, 1, 2].map((at) => [0, from + at, 'a', from + at]));
const toFiles = async (texts: readonly string[]) => {
  const files = [];
  for (const [index, text] of texts.entries())
    files.push({ format: 'jsonl', path: await file(text, `app.log.${index}`), isPut: false } as const);
  return files;
};

describe('a rotated log, newest file first', () => {
  test('without times: the files are taken in the order of their numbers, and that is said', async () => {
    const { verdict, words } = await imported(await toFiles([part(7), part(4), part(1)].map(withoutTimes)));
    expect(verdict).toMatchObject({ verdict: 'holds', order: { kept: true, pairs: 8 } });
    expect(words.join('\n')).toMatch(
      /not all lines have a time, so the files are taken in the order of their first sequence numbers: \S*app\.log\.2, \S*app\.log\.1, \S*app\.log\.0/,
    );
  });

  test('an order that the consumer broke within a file is still found', async () => {
    const broken = rowsOf([
      [0, 1, 'a', 1],
      [0, 3, 'a', 3],
      [0, 2, 'a', 2],
    ]);
    const { verdict } = await imported(await toFiles([part(7), part(4), broken].map(withoutTimes)));
    expect(verdict.findings).toMatchObject([{ anomaly: 'subject-reorder' }]);
  });

  test('files of different shards stay as they were named, and nothing is said', async () => {
    const other = rowsOf([[1, 1, 'b', 1]]);
    const { words } = await imported(await toFiles([part(7), other].map(withoutTimes)));
    expect(words.join('\n')).not.toContain('are taken in the order');
  });

  test('rotated within a second: the older file comes first', async () => {
    const inOneSecond = (text: string): string => text.replaceAll(/T09:00:\d\d\.000Z/g, 'T09:00:00.000Z');
    const { verdict } = await imported(await toFiles([part(7), part(4), part(1)].map(inOneSecond)));
    expect(verdict).toMatchObject({ verdict: 'holds', order: { kept: true, pairs: 8 } });
  });
});

describe('objects of Firehose', () => {
  const object = (...counters: readonly number[]): string =>
    counters.map((seq) => JSON.stringify({ orderId: 'a', seq })).join('');
  const toObjects = async (texts: readonly string[]) => {
    const files = [];
    for (const [index, text] of texts.entries())
      files.push({ format: 'firehose', path: await file(text, `orders-${index}`), isPut: false } as const);
    return files;
  };

  test('an order that is broken from one object to the next is said, although it is not judged', async () => {
    const { words, verdict } = await imported(await toObjects([object(1, 2, 4), object(3, 5, 6), object(7)]));
    expect(words.join('\n')).toMatch(
      /2 pairs of neighbours of a key stand in two files, and are not compared\. In 1 of them the counter falls, for instance of "a" from 4 in \S*orders-0 to 3 in \S*orders-1/,
    );
    expect(verdict.order).toMatchObject({ kept: true, pairs: 4 });
  });

  test('one object: nothing to say', async () => {
    expect((await imported(await toObjects([object(1, 2, 3)]))).words.join('\n')).not.toContain('not compared');
  });
});
