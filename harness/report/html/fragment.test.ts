import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { formatFragment, fragmentOfFinding, type PageState, parseFragment } from './fragment.ts';

describe('the state of the page in its address', () => {
  test('a finding has an address', () => {
    const findings = [{ anomaly: 'duplicate' }, { anomaly: 'key-reorder' }, { anomaly: 'key-reorder' }] as const;
    expect(fragmentOfFinding('orders', findings[1], findings)).toBe('#scenario=orders&claim=key-reorder');
    expect(fragmentOfFinding('orders', findings[2], findings, 'r-1')).toBe(
      '#run=r-1&scenario=orders&claim=key-reorder&finding=2',
    );
  });

  test('what is not understood is left out', () => {
    expect(parseFragment('#finding=x&t=9-3&theme=pink&n=-1&zoom=3')).toEqual({});
    expect(parseFragment('')).toEqual({});
    expect(parseFragment('#%E0%A4%A')).toEqual({});
  });

  const text = fc.string({ unit: 'binary', minLength: 1 }).filter((value) => value.isWellFormed());
  const whole = fc.nat();
  const state: fc.Arbitrary<PageState> = fc.record(
    {
      scenario: text,
      run: text,
      claim: text,
      finding: whole,
      key: text,
      n: whole,
      line: whole,
      t: fc.tuple(fc.nat(1000), fc.integer({ min: 1001, max: 9999 })),
      s: text,
      c: text,
      k: text,
      tag: text,
      q: text,
      theme: fc.constantFrom('light' as const, 'dark' as const),
    },
    { requiredKeys: [] },
  );
  test.prop([state])('comes back as it was', (given) => {
    expect(parseFragment(formatFragment(given))).toEqual(given);
  });
});
