import { readFileSync } from 'node:fs';
import { glob } from 'tinyglobby';
import { expect, test } from 'vitest';

/** Where variants lie, and the list that makes each a word of scenarios and an export of the package. */
const lists: Readonly<Record<string, readonly string[]>> = {
  'harness/producers/builders.ts': ['defineProducer'],
  'harness/consumers/builders.ts': ['defineConsumer'],
  'harness/subjects/builders.ts': ['defineSubject'],
  'harness/subjects/acts/builders.ts': ['defineAct'],
  'harness/workload/payloads.ts': ['definePayload'],
  'harness/workload/partition-keys.ts': ['defineKeys'],
  'harness/faults/builders.ts': ['defineFault'],
};

test.each(Object.entries(lists))('%s has each variant of its folder', async (list, makers) => {
  const folder = list.replace(/\/[^/]+$/, '');
  const files = await glob([`${folder}/**/*.ts`, '!**/*.test.ts']);
  const listed = readFileSync(list, 'utf8');
  const made = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^export const (\w+) = (\w+)\(/gm)]
      .filter(([, , maker = '']) => makers.includes(maker))
      .map(([, name = '']) => `export { ${name} } from '.${file.slice(folder.length)}';`),
  );
  expect(made.length).toBeGreaterThan(0);
  expect(
    made.filter((line) => !listed.includes(line)),
    `add these lines to ${list}`,
  ).toEqual([]);
});
