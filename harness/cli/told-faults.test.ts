import { expect, test } from 'vitest';
import { UntestedFold } from '../detection/untested.ts';
import type { Head } from '../model/event.ts';
import type { HistoryVerdict } from '../model/verdict.ts';
import { untestedSentence } from '../report/untested-words.ts';
import { faultFlags } from './record-flags.ts';

const head = { type: 'head', format: 'kinesis-order-history', version: 1, run: 'r' } as const;

/** What is told of a history with a retry, a call of several records of a key, and perhaps calls that overlap. */
const toldOf = (more: Partial<Head>, isOverlapping: boolean): string => {
  const fold = new UntestedFold();
  fold.take({ ...head, ...more });
  for (const op of [1, 2]) {
    const entries = [0, 1].map((index) => ({ key: 'a', n: 2 * op + index }));
    fold.take({ t: op, type: 'put', op, producer: 'p', api: 'PutRecords', entries });
    if (!isOverlapping) fold.take({ t: op, type: 'ack', op, outcome: 'ok' });
  }
  for (const op of isOverlapping ? [1, 2] : []) fold.take({ t: 9, type: 'ack', op, outcome: 'ok' });
  const history = { untested: fold.result(), remedies: fold.remedies(), order: { kept: true } };
  return untestedSentence([history as unknown as HistoryVerdict]) ?? '';
};

test.each([true, false])(
  'a fault that is told to be tried is taken by record as it is, overlapping %s',
  (isOverlapping) => {
    const told = toldOf({ recorder: 'proxy' }, isOverlapping);
    const flags = [...told.matchAll(/--fault ([^)]+)\)/g)].map(([, flag]) => flag ?? '');
    expect(flags).toHaveLength(isOverlapping ? 2 : 1);
    expect(faultFlags(flags)).toHaveLength(flags.length);
  },
);

test('a scenario is told its own words', () => {
  expect(toldOf({ scenario: { name: 's' } }, true)).toContain('faults: [swap({ call: 1 })]');
});
