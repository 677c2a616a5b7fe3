import { expect, test } from 'vitest';
import { history } from '../../testing/generators/history-builder.ts';
import { apply } from '../index/apply.ts';
import { Tables } from '../index/tables.ts';
import { type View, viewOf } from '../index/view.ts';
import { needsWhole } from './what-streaming-proves.ts';

const clean = (scenario: Readonly<Record<string, unknown>> = {}): View => {
  const tables = new Tables();
  const { lines } = history({ scenario })
    .put('a', 0)
    .ok(10)
    .page([[10, 'a', 0]])
    .end();
  for (const [index, line] of lines.entries()) apply(tables, line, index + 1);
  return viewOf(tables);
};
const unknown = (id: 'duplicate' | 'snfo-broken') => (other: string) =>
  other === id ? ('whole' as const) : ('settled' as const);

test('a claim of which the streaming reading knows nothing needs the full judge', () => {
  expect(needsWhole(clean(), {}, unknown('duplicate'))).toBe('duplicate');
});

test('not where the claim does not apply, or is not selected', () => {
  expect(needsWhole(clean(), {}, unknown('snfo-broken'))).toBeUndefined();
  expect(needsWhole(clean(), { skip: ['duplicate'] }, unknown('duplicate'))).toBeUndefined();
  expect(needsWhole(clean(), { only: ['phantom'] }, unknown('duplicate'))).toBeUndefined();
  expect(needsWhole(clean({ expect: { ignore: ['duplicate'] } }), {}, unknown('duplicate'))).toBeUndefined();
});
