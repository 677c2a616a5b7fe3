import fc from 'fast-check';
import type { HistoryLine } from '../../../judging/check-history.ts';
import type { Head, PutEntryEvent, PutEvent, ReadRecord } from '../../../model/event.ts';

/** The contract's Additions for a history that has none: the question, how numbers count, and flows. */
export type Additions = {
  readonly question: 'service' | 'pipeline' | undefined;
  readonly recorder: 'harness' | 'proxy' | 'import' | undefined;
  readonly identity: Head['identity'] | undefined;
  /** Every other number of a key belongs to another flow. */
  readonly isFlowOfTwo: boolean;
  /** Keys share one flow. */
  readonly isFlowOfAll: boolean;
  /** Every n-th put is marked as a retry of an earlier put of its record; 0: none. */
  readonly retryOf: number;
  /** The client sent each call twice whose op is a multiple of n; 0: none. */
  readonly attempts: number;
};

const every = fc.integer({ min: 0, max: 3 });

export const additions: fc.Arbitrary<Additions> = fc.record({
  question: fc.constantFrom(undefined, 'service', 'pipeline'),
  recorder: fc.constantFrom(undefined, 'harness', 'proxy', 'import'),
  identity: fc.option(
    fc.record(
      {
        from: fc.constantFrom('json', 'none'),
        counter: fc.constantFrom('dense', 'sparse'),
        first: fc.integer({ min: 0, max: 2 }),
        scope: fc.constantFrom('producer-key', 'key', 'producer'),
      },
      { requiredKeys: [] },
    ),
    { nil: undefined },
  ),
  isFlowOfTwo: fc.boolean(),
  isFlowOfAll: fc.boolean(),
  retryOf: every,
  attempts: every,
});

export const withAdditions = (lines: readonly HistoryLine[], more: Additions): readonly HistoryLine[] => {
  const attemptsOf = new Map<string, number>();
  let puts = 0;
  return lines.map((line) => {
    if (line.type === 'head') return headWith(line, more);
    if (line.type === 'put' && line.role !== 'sentinel') {
      puts += 1;
      return putWith(line, more, attemptsOf, more.retryOf > 0 && puts % more.retryOf === 0);
    }
    if (line.type === 'ack' && more.attempts > 0 && line.op % more.attempts === 0) return { ...line, attempts: 2 };
    if (line.type !== 'page' || line.records === undefined) return line;
    return { ...line, records: line.records.map((record) => flowOf(counted(record, record.producer, more), more)) };
  });
};

const headWith = (head: Head, { question, recorder, identity }: Additions): Head => ({
  ...head,
  ...(question === undefined ? {} : { question }),
  ...(recorder === undefined ? {} : { recorder }),
  ...(identity === undefined ? {} : { identity }),
});

const putWith = (put: PutEvent, more: Additions, before: Map<string, number>, isRetry: boolean): PutEvent => {
  const [first] = put.entries;
  const name = JSON.stringify([put.producer, first?.key, first?.n]);
  const retryOf = before.get(name);
  before.set(name, put.op);
  const entries = put.entries.map((entry) => flowOf(counted(entry, put.producer, more), more));
  return { ...put, entries, ...(isRetry && retryOf !== undefined ? { retryOf } : {}) };
};

/** Renumbers producers that share a counter, because one number twice would be one record. */
const counted = <T extends { readonly n?: number }>(
  item: T,
  producer: string | undefined,
  { identity }: Additions,
): T =>
  item.n === undefined || identity?.scope !== 'key' ? item : { ...item, n: 2 * item.n + (producer === 'q' ? 1 : 0) };

/** Adds a flow to a record. Its name is never the key alone, so that a judge must tell both apart. */
const flowOf = <T extends PutEntryEvent | ReadRecord>(item: T, { isFlowOfTwo, isFlowOfAll }: Additions): T => {
  const key = 'idKey' in item ? (item.idKey ?? item.key) : item.key;
  if (item.n === undefined || key === undefined || key === 'end') return item;
  if (isFlowOfTwo) return { ...item, flow: `${key}/${item.n % 2}` };
  // One number twice in a flow would be one record.
  return isFlowOfAll ? { ...item, flow: 'all', n: 2 * item.n + (key === 'a' ? 0 : 1) } : item;
};
