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

  test('a record that was handled late, at the begin of the second of two files: nobody knows', async () => {
    const [before, after] = [
      [2, 3, 4, 5, 6],
      [1, 7, 8, 9],
    ].map((counters) => withoutTimes(rowsOf(counters.map((n) => [0, n, 'a', n]))));
    const { verdict, words } = await imported(await toFiles([before ?? '', after ?? '']));
    expect(verdict.verdict).not.toBe('holds');
    expect(words.join('\n')).toMatch(
      /was put behind \S*app\.log\.1, because its first sequence number is higher, but .*\(cat\)/,
    );
  });

  test('the same if the file that is put behind has nothing new of another shard', async () => {
    const [first, second] = [
      rowsOf([
        [1, 1, 'b', 0],
        [0, 4, 'a', 1],
      ]),
      rowsOf([
        [0, 3, 'c', 0],
        [0, 2, 'a', 0],
        [1, 1, 'b', 0],
        [1, 5, 'b', 1],
      ]),
    ].map(withoutTimes);
    expect((await imported(await toFiles([first ?? '', second ?? '']))).verdict.verdict).not.toBe('holds');
  });

  test('a redelivery across two files is no such record', async () => {
    const [newer, older] = [
      [4, 5, 6, 7],
      [1, 2, 3, 4, 5],
    ].map((counters) => withoutTimes(rowsOf(counters.map((n) => [0, n, 'a', n]))));
    const { verdict } = await imported(await toFiles([newer ?? '', older ?? '']));
    expect(verdict).toMatchObject({ verdict: 'holds', order: { kept: true } });
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

describe('files without times, one for each batch', () => {
  const batches = (...firsts: readonly number[]): readonly string[] => firsts.map((first) => withoutTimes(part(first)));

  test('that are named nearly in their order: nobody knows whether the consumer broke it', async () => {
    const { verdict, words } = await imported(await toFiles(batches(1, 4, 7, 13, 10, 16, 19)));
    expect(verdict.verdict).toBe('unknown');
    expect(words.join('\n')).toMatch(
      /5 of 6 files begin with higher numbers than the one named before, and 1 with lower ones, such as \S*app\.log\.4 behind \S*app\.log\.3\. .*cat/,
    );
  });

  test('four of them, of which the last one begins below all: nobody knows', async () => {
    expect((await imported(await toFiles(batches(4, 7, 10, 1)))).verdict.verdict).toBe('unknown');
  });

  test.each([
    ['a log that is still written, before old ones', [19, 1, 4, 7, 10, 13, 16]],
    ['without leading zeros', [1, 31, 4, 7, 10, 13, 16, 19, 22, 25, 28], '0,10,1,2,3,4,5,6,7,8,9'],
  ])('%s: sorted, and judged', async (_, firsts, names = '0,1,2,3,4,5,6') => {
    const files = [];
    for (const [index, text] of batches(...firsts).entries())
      files.push({
        format: 'jsonl',
        path: await file(text, `e-${names.split(',')[index]}.json`),
        isPut: false,
      } as const);
    const { verdict } = await imported(files);
    expect(verdict).toMatchObject({ verdict: 'holds', order: { kept: true } });
  });

  test('that are named in no order are sorted, and judged', async () => {
    const { verdict } = await imported(await toFiles(batches(10, 4, 7, 1, 13)));
    expect(verdict).toMatchObject({ verdict: 'holds', order: { kept: true, pairs: 14 } });
  });
});

describe('files whose lines are merged by time', () => {
  const at = (second: number): string => `2026-11-23T09:00:${String(second).padStart(2, '0')}.000Z`;
  const event = (seq: number, key = 'a'): string => JSON.stringify({ time: at(seq), key, seq });
  const log = (...events: readonly string[]): string => `${events.join('\n')}\n`;

  test('an event that stands behind later ones, at the begin of the next file, is no proof of order', async () => {
    const files = await toFiles([
      log(...[1, 2, 3, 4, 5, 6, 7, 9, 10].map((seq) => event(seq))),
      log(...[8, 11, 12, 13].map((seq) => event(seq))),
    ]);
    const { verdict, words } = await imported(files);
    expect(verdict.verdict).toBe('unknown');
    expect(JSON.stringify(verdict)).toContain('the import leaves it open: ');
    expect(words.join('\n')).toMatch(
      /app\.log\.1 follows \S*app\.log\.0, but by their times 1 record of it goes before records of the same key in \S*app\.log\.0: "a" #8 \(line 1\) before #9 \(line 8\)\. .*cat /,
    );
  });

  test('the same if that event is older than the whole file before', async () => {
    const files = await toFiles([
      log(...[20, 21, 22, 23, 24, 25].map((seq) => event(seq))),
      log(...[8, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35].map((seq) => event(seq))),
    ]);
    expect((await imported(files)).verdict.verdict).toBe('unknown');
  });

  test('two workers that take turns with a key are merged, and judged', async () => {
    const odd = [1, 3, 5, 7, 9, 11].map((seq) => event(seq));
    const even = [2, 4, 6, 8, 10, 12].map((seq) => event(seq));
    const { verdict } = await imported(await toFiles([log(...odd), log(...even)]));
    expect(verdict).toMatchObject({ verdict: 'holds', order: { kept: true, pairs: 11 } });
  });

  test('a rotated log is merged, and judged, whichever file is named first', async () => {
    const files = await toFiles([
      log(...[7, 8, 9, 10].map((seq) => event(seq))),
      log(...[1, 2, 3, 4, 5, 6].map((seq) => event(seq))),
    ]);
    expect((await imported(files)).verdict).toMatchObject({ verdict: 'holds', order: { kept: true, pairs: 9 } });
  });

  const keyed = (second: number, key: string, seq: number): string => JSON.stringify({ time: at(second), key, seq });

  test('times that fall within a file are not those of handling: nothing is known of two files', async () => {
    const files = await toFiles([
      log(keyed(26, 'a', 1), keyed(30, 'a', 3), keyed(28, 'b', 1)),
      log(keyed(27, 'a', 2), keyed(31, 'b', 2)),
    ]);
    const { verdict, words } = await imported(files);
    expect(verdict.verdict).toBe('unknown');
    expect(words.join('\n')).toMatch(
      /the times fall within \S*app\.log\.0 \(line 3\), so they may be when something happened/,
    );
  });

  test('times that fall by less than a second are those of two threads', async () => {
    const early = log(keyed(1, 'a', 1), JSON.stringify({ time: '2026-11-23T09:00:00.990Z', key: 'b', seq: 1 }));
    const { verdict } = await imported(await toFiles([early, log(keyed(2, 'a', 2), keyed(2, 'b', 2))]));
    expect(verdict).toMatchObject({ verdict: 'holds', order: { kept: true } });
  });

  test('the same with three files', async () => {
    const parts = [[1, 2], [4], [3, 5]].map((counters) =>
      rowsOf(counters.map((n) => [0, n, 'a', n])).replaceAll(/T09:00:\d\d\.000Z/g, 'T09:00:00.000Z'),
    );
    expect((await imported(await toFiles(parts))).verdict.verdict).not.toBe('holds');
  });

  test('at one time in two files, the order of the files counts, and it may have been changed', async () => {
    const parts = [[2], [3, 4], [5], [1]].map((counters) =>
      rowsOf(counters.map((n) => [0, n, 'a', n])).replaceAll(/T09:00:\d\d\.000Z/g, 'T09:00:00.000Z'),
    );
    expect((await imported(await toFiles(parts))).verdict.verdict).toBe('unknown');
  });
});
