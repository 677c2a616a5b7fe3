import { expect, test } from 'vitest';
import { consumerRows } from './consumer-rows.ts';
import { kclRows } from './kcl-rows.ts';
import { neededFor } from './needed.ts';
import { producerRows } from './rows.ts';

const named = (name: string) => [...producerRows, ...consumerRows, ...kclRows].filter((row) => row.name === name);

test.each([
  ['boto3-late-answer', ['python']],
  ['go-drop', ['go']],
  ['js-burst', []],
  ['reader-good', ['python']],
  ['kcl-split', ['python', 'kcl']],
  ['kpl-kcl-split', ['kpl', 'kcl']],
])('%s needs %j', (name, tools) => {
  expect(named(name)).toHaveLength(1);
  expect([...neededFor(named(name))]).toEqual(tools);
});

test('the quick half has a row for each client', () => {
  const quick = [...producerRows, ...consumerRows, ...kclRows].filter(({ isQuick }) => isQuick);
  expect([...neededFor(quick)]).toEqual(['python', 'go', 'kpl', 'kcl']);
});
