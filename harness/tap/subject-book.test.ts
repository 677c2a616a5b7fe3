import { expect, test } from 'vitest';
import { checkHistory } from '../judging/check-history.ts';
import type { EventBody, Head } from '../model/event.ts';
import { SubjectBook } from './subject-book.ts';

const shard = 'shardId-000000000000';
const head: Head = { type: 'head', format: 'kinesis-order-history', version: 1, run: 'r' };

const opened = (given: Partial<ConstructorParameters<typeof SubjectBook>[0]> = {}) => {
  const lines: (EventBody & { readonly t: number })[] = [];
  let chains = 0;
  const write = (event: EventBody): number => lines.push({ t: lines.length, ...event }) - 1;
  const nextChain = (): number => {
    chains += 1;
    return chains;
  };
  const book = new SubjectBook({ reader: 'app', write, now: () => lines.length, nextChain, ...given });
  return { book, lines, write };
};

const pagesOf = (lines: readonly EventBody[]) => lines.flatMap((line) => (line.type === 'page' ? [line] : []));

test('a start begins a chain that lasts until the next start', () => {
  const { book, lines } = opened();
  const hand = { shard, worker: 'w1' };
  book.start(hand, 'TRIM_HORIZON');
  book.deliver(hand, [{ seq: '1' }]);
  book.deliver(hand, [{ seq: '2' }]);
  book.start(hand, '1', 3);
  book.deliver(hand, [{ seq: '2' }]);
  const pages = pagesOf(lines);
  expect(pages.map(({ chain }) => chain)).toEqual([1, 1, 2]);
  expect(pages.map(({ from }) => from?.type)).toEqual(['TRIM_HORIZON', undefined, 'AFTER_SEQUENCE_NUMBER']);
  expect(pages[2]?.from).toMatchObject({ seq: '1', sub: 3 });
});

test('records delivered again on purpose begin a new chain in that lane only, with an unknown start', () => {
  const { book, lines } = opened();
  book.start({ shard }, 'TRIM_HORIZON');
  book.deliver({ shard, lane: 0 }, [{ seq: '1' }]);
  book.deliver({ shard, lane: 1 }, [{ seq: '2' }]);
  book.again({ shard, lane: 0 });
  book.deliver({ shard, lane: 0 }, [{ seq: '1' }]);
  book.deliver({ shard, lane: 1 }, [{ seq: '3' }]);
  const pages = pagesOf(lines);
  expect(pages.map(({ chain }) => chain)).toEqual([1, 2, 3, 2]);
  expect(pages.map(({ from }) => from?.type)).toEqual(['TRIM_HORIZON', 'TRIM_HORIZON', 'UNKNOWN', undefined]);
});

test('without a start event the start is unknown, and a shard that was lost begins a new chain', () => {
  const { book, lines } = opened();
  book.deliver({ shard, worker: 'a' }, [{ seq: '1' }]);
  book.report({ shard, worker: 'a' }, 'lost');
  book.deliver({ shard, worker: 'a' }, [{ seq: '2' }]);
  expect(pagesOf(lines).map(({ chain, from }) => [chain, from?.type])).toEqual([
    [1, 'UNKNOWN'],
    [2, 'UNKNOWN'],
  ]);
});

test('every line that it writes is valid in the history format', async () => {
  const { book, lines, write } = opened({
    group: 'g',
    owes: { from: 'TRIM_HORIZON', until: 'acked' },
    aggregates: 'kcl',
    filter: false,
  });
  const hand = { shard, worker: 'w', lane: 2 };
  book.start(hand, 'LATEST');
  book.deliver(hand, [{ seq: '1', sub: 0, key: 'k', digest: '0123456789abcdef', bytes: 3 }]);
  book.report(hand, 'done', { seq: '1', sub: 0 });
  book.report(hand, 'failed', { message: 'no' });
  book.report(hand, 'checkpoint', { seq: '1' });
  book.report(hand, 'checkpoint', { at: 'SHARD_END' });
  book.report(hand, 'discard', { seq: '1', to: 'dlq' });
  book.report(hand, 'lost');
  book.report(hand, 'end');
  book.complete();
  write({ type: 'end', reason: 'completed' });
  const { subjects } = await checkHistory([head, ...lines]);
  expect(subjects.map(({ group, delivered }) => [group, delivered])).toEqual([['g', 1]]);
});
