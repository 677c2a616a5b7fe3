import { expect, test } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import { type History, history, type Read } from '../../testing/generators/history-builder.ts';

/** What one consumer was given, and nothing else: as `import jsonl` writes it. */
const dump = (...pages: readonly (readonly Read[])[]): History => {
  const made = history({
    recorded: ['pages'],
    recorder: 'import',
    question: 'pipeline',
    identity: { from: 'json', counter: 'dense' },
  });
  made.reader('consumer', 'subject');
  for (const [chain, records] of pages.entries())
    made.page(records, { reader: 'consumer', chain, from: { type: 'UNKNOWN' } });
  return made;
};
const sentencesOf = async (made: History, id: string): Promise<readonly string[]> =>
  (await checkHistory(made.end().lines)).findings
    .filter(({ anomaly }) => anomaly === id)
    .map(({ sentence }) => sentence);

test('of a number that is missing in a dump nobody knows whether it was sent', async () => {
  const made = dump([
    [10, 'a', 1],
    [30, 'a', 3],
  ]);
  expect(await sentencesOf(made, 'counter-gap')).toEqual([
    `#2 of key "a" was not read, though p1's "a" #3 was; no puts are recorded, so whether it was sent is not known.`,
  ]);
});

test('of two records in a dump nobody knows which was handed over first', async () => {
  const made = dump([
    [10, 'a', 2],
    [30, 'a', 1],
  ]);
  const [said] = await sentencesOf(made, 'key-reorder');
  expect(said).toMatch(
    /^p1's "a" #1 counts before p1's "a" #2; however p1's "a" #2 lies at 10 of .*, before p1's "a" #1 at 30 /,
  );
});

test('a record given again where no checkpoint was recorded lies behind none', async () => {
  const first: readonly Read[] = [
    [10, 'a', 1],
    [30, 'a', 2],
  ];
  const { aloud } = await checkHistory(dump(first, first).end().lines);
  expect(aloud.filter((text) => text.startsWith('subject-duplicate'))).toEqual([
    'subject-duplicate holds; 2 findings allowed, because no checkpoint of the shard was recorded before: forbid with expect.forbid',
  ]);
});
