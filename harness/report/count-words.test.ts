import { expect, test } from 'vitest';
import type { Claim, ClaimVerdict } from '../model/verdict.ts';
import { claimWords } from './count-words.ts';

const claims = (...verdicts: readonly (readonly [ClaimVerdict, number, number?])[]): readonly Claim[] =>
  verdicts.flatMap(([verdict, count, found = 0]) =>
    Array.from({ length: count }, (_, index) => ({ verdict, found: index === 0 ? found : 0 }) as Claim),
  );

test.each([
  [claims(['holds', 41], ['not-applicable', 4]), '41 claims hold'],
  [claims(['holds', 1]), '1 claim holds'],
  [claims(['holds', 38], ['violated', 2]), 'claims: 38 hold, 2 broken'],
  [claims(['holds', 30], ['violated', 1], ['unknown', 4]), 'claims: 30 hold, 1 broken, 4 unknown'],
  [claims(['unknown', 40, 4]), 'claims: 40 unknown (4 findings in them)'],
  [claims(['not-applicable', 45]), 'no claim applies'],
])('%#: %s', (some, words) => expect(claimWords(some)).toBe(words));
