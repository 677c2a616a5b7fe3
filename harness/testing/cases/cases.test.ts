import { describe, expect, it } from 'vitest';
import { type CaseFolder, differencesOf, expectationsIn } from './expectation.ts';

/** Cases that wait for the claims about subjects. */
const waiting = { given: 66, audited: 2 } as const;

describe.each(['given', 'audited'] as const)(
  '%s: histories that others wrote against the contract',
  (folder: CaseFolder) => {
    const all = expectationsIn(folder);
    const strict = all.filter(({ needs, free }) => needs === undefined && free !== true);

    it.each(
      strict.map((one) => [one.question === undefined ? one.file : `${one.file} (${one.question})`, one] as const),
    )('%s', async (_, one) => {
      expect(await differencesOf(folder, one), one.why).toEqual([]);
    });

    it('all are judged but those that need claims to come', () => {
      expect(all.filter(({ needs }) => needs !== undefined)).toHaveLength(waiting[folder]);
      expect(strict.length).toBeGreaterThan(60);
    });
  },
);
