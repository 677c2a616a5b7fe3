import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Fact } from './fact.ts';
import { merged } from './merge.ts';

const fact = (time: number, key: string): Fact => ({ kind: 'event', time, event: { type: 'note', text: key } });

/** The same facts in pieces of any size. */
async function* inPieces(facts: readonly Fact[], sizes: readonly number[]): AsyncGenerator<readonly Fact[]> {
  for (let at = 0, piece = 0; at < facts.length; piece += 1) {
    const size = sizes[piece % sizes.length] ?? 1;
    yield facts.slice(at, at + size);
    at += size;
  }
}

const file = fc.array(fc.nat({ max: 5 }), { maxLength: 12 }).map((times) => times.sort((a, b) => a - b));
const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 });

describe('facts of several files', () => {
  test.prop([fc.array(file, { minLength: 1, maxLength: 3 }), fc.array(sizes, { minLength: 3, maxLength: 3 })], {
    numRuns: 300,
  })(
    'go by their times; of one time the file that began first is first, whatever the pieces were',
    async (files, pieces) => {
      const facts = files.map((times, index) => times.map((time, at) => fact(time, `${index}.${at}`)));
      const found: Fact[] = [];
      const sources = facts.map((own, index) => ({ facts: inPieces(own, pieces[index] ?? [1]), isPut: false }));
      for await (const batch of merged(sources, true)) found.push(...batch);
      // The sorts are stable.
      const byBegin = facts.toSorted((a, b) => (a[0]?.time ?? 0) - (b[0]?.time ?? 0));
      expect(found).toEqual(byBegin.flat().sort((a, b) => (a.time ?? 0) - (b.time ?? 0)));
    },
  );

  test('of one time puts are first, whichever file began first', async () => {
    const [reads, puts] = [fact(1, 'read 1'), fact(2, 'put 2')];
    const sources = [
      { facts: inPieces([reads, fact(2, 'read 2')], [2]), isPut: false },
      { facts: inPieces([puts], [1]), isPut: true },
    ];
    const found: Fact[] = [];
    for await (const batch of merged(sources, true)) found.push(...batch);
    expect(found.map((one) => (one as { event: { text: string } }).event.text)).toEqual(['read 1', 'put 2', 'read 2']);
  });
});
