import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import { readingHistoryOf } from '../cases/contract/histories.ts';

const written = 'a0>10 | b0>15 | a1>20 | b1>25 | split | a2>1/700 | b2>1/750 | a3>1/800 | b3>1/850';
const parent = ['10=a0', '15=b0', '20=a1', '25=b1'];
const child = ['700=a2', '750=b2', '800=a3', '850=b3'];
const all = `read ${parent.join(' ')} end | read ${child.join(' ')} shard:1 chain:2`;

/** One consumer that reads both shards at once, each in order: true is the child's turn. */
const given = (turns: readonly boolean[]): string => {
  const left: readonly [string[], string[]] = [[...parent], [...child]];
  const reads: string[] = [];
  for (const isChild of [...turns, ...parent.map(() => false), ...child.map(() => true)]) {
    const queue = left[isChild ? 1 : 0];
    const isFirst = queue.length === 4;
    const record = queue.shift();
    if (record === undefined) continue;
    reads.push(`read ${record} by:app${isChild ? ' shard:1' : ''}${isFirst ? ' from:UNKNOWN' : ''} nomore`);
  }
  return `reader app subject | ${written} | ${all} | ${reads.join(' | ')}`;
};

/** The keys of which a record of the child was given before one of the parent. */
const early = (turns: readonly boolean[]): number => {
  const order = given(turns).split('by:app').slice(0, -1);
  const names = order.map((text) => /=(\w\d) $/.exec(text)?.[1] ?? '');
  return ['a', 'b'].filter((key) => names.indexOf(`${key}2`) < names.indexOf(`${key}1`)).length;
};

test('a reorder across two shards is explained by child-before-parent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 8 }), async (turns) => {
      const verdict = await checkHistory(readingHistoryOf([given(turns), []]));
      // The hash of b lies in the other child: that is another matter.
      const violated = verdict.claims.filter((claim) => claim.verdict === 'violated').map(({ anomaly }) => anomaly);
      expect(violated.filter((anomaly) => anomaly !== 'mispartitioned')).toEqual(
        early(turns) > 0 ? ['child-before-parent'] : [],
      );
      const reorders = verdict.findings.filter(({ anomaly }) => anomaly === 'subject-reorder');
      expect(reorders.length > 0).toBe(early(turns) > 0);
    }),
    { numRuns: 100 },
  );
});
