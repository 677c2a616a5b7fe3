import { describe, expect, it } from 'vitest';
import { type CaseFolder, differencesOf, expectationsIn } from './expectation.ts';

describe.each(['given', 'audited', 'subjects', 'corners', 'edges'] as const)(
  '%s: histories that others wrote against the contract',
  (folder: CaseFolder) => {
    const all = expectationsIn(folder);
    const strict = all.filter(({ free }) => free !== true);

    it.each(
      strict.map((one) => [one.question === undefined ? one.file : `${one.file} (${one.question})`, one] as const),
    )('%s', async (_, one) => {
      expect(await differencesOf(folder, one), one.why).toEqual([]);
    });

    it('are as many as were handed over', () => {
      expect(strict.length).toBeGreaterThan(60);
    });
  },
);
