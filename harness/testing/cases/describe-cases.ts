import { describe, expect, it } from 'vitest';
import { type CaseFolder, differencesOf, expectationsIn } from './expectation.ts';

/** One test for each history of a folder whose expectation is strict. */
export const describeCases = (folder: CaseFolder): void => {
  describe(`${folder}: histories that others wrote against the contract`, () => {
    const strict = expectationsIn(folder).filter(({ free }) => free !== true);
    const named = strict.map(
      (one) => [one.question === undefined ? one.file : `${one.file} (${one.question})`, one] as const,
    );

    it.each(named)('%s', async (_, one) => {
      expect(await differencesOf(folder, one), one.why).toEqual([]);
    });

    it('are as many as were handed over', () => {
      expect(strict.length).toBeGreaterThan(60);
    });
  });
};
