import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { markGroups } from './groups.ts';

/**
 * For mutation testing alone: marks are written from the sources as they stand (`write-marks.ts`, called by
 * `npm run mutation`), and a mutant that changes any of them is found. Nobody reviews eight letters, so none is
 * committed.
 */
describe.each(Object.entries(markGroups))('marks of histories: %s', (name, group) => {
  const marks = JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')) as Record<string, string[]>;

  it.each([...group()])('%s', async (one, judge) => {
    expect(await judge()).toEqual(marks[one]);
  });
});
