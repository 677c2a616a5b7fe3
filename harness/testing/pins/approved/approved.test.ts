import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { groups } from './groups.ts';

/**
 * A verdict is more than its word: sentences, evidence, witnesses, counts and power are what people act on, so none of
 * it changes unseen.
 */
describe.each(Object.entries(groups))('the approved sentences for histories: %s', (name, group) => {
  const made = group();
  const approved = JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')) as Record<
    string,
    string[]
  >;

  it.each([...made])('%s', async (one, judge) => {
    expect(await judge()).toEqual(approved[one]);
  });

  it('exist for every history', () => {
    expect([...made.keys()]).toEqual(Object.keys(approved));
  });
});
