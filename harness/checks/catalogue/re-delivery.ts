import { pushTo } from '../../lib/push-to.ts';
import { type Check, type Found, restOf } from '../check.ts';
import { deliveriesOf, pagesOf } from '../index/pages.ts';
import { blameOf, isClientOf } from '../index/presence.ts';
import type { View } from '../index/view.ts';
import { atLine, placeName, placeOf, readerName } from './phrases.ts';

/**
 * B3: one place delivered twice to one reader. Within a chain that is forbidden. Across chains the reader itself went
 * back, and gets what it asked for.
 */
export const reDelivery: Check = {
  summary: 'one reader receives the same record twice',
  source:
    '"GetRecords … NextShardIterator: the next position in the shard from which to start sequentially reading" (SDK, GetRecordsOutput)',
  example: 'an iterator answers 1, 2; its NextShardIterator answers 2, 3',
  expect: 'forbid',
  streaming: 'set-aside',
  causes: [
    'The reader began again AT instead of AFTER its checkpoint (amazon-kinesis-client#1014).',
    'AFTER_SEQUENCE_NUMBER of the engine gives the record itself again (kinesis-mock#1187, LocalStack up to 4.10).',
    'A lease moved before the last checkpoint was written.',
  ],
  todo: [
    'Look at how the second iterator began: the line is in the witness.',
    'Make the handler idempotent: across a restart a second delivery is allowed.',
  ],
  about: ['reading'],
  find: function* (view: View): Generator<Found> {
    const groups = new Map<string, number[]>();
    view.tables.chains.forEach((chain, id) => {
      const group = `${chain.reader} ${chain.shard}`;
      pushTo(groups, group, id);
    });
    const { again } = view.totals;
    const counted = new Set(again.shards);
    let left = again.found;
    let latest: Found | undefined;
    for (const chains of groups.values()) {
      const isCounted = counted.has(at(view, chains[0] ?? -1).shard);
      for (const one of repeats(view, chains)) {
        if (isCounted) left -= 1;
        if (isCounted) latest = one;
        yield one;
      }
    }
    yield* restOf(left, latest, 'records were counted as given again');
  },
};

/**
 * Positions ascend in a clean chain, and in one that goes on behind another. They are kept only if one is not above
 * all before it.
 */
function* repeats(view: View, chains: readonly number[]): Generator<Found> {
  if (doAscend(view, chains)) return;
  const first = new Map<number, { readonly chain: number; readonly page: number }>();
  for (const chain of chains) {
    for (const { position, page } of deliveriesOf(view, at(view, chain))) {
      const before = first.get(position);
      if (before === undefined) first.set(position, { chain, page });
      else if (before.chain === chain || !isClientOf(view, at(view, chain).reader))
        yield found(view, { position, before, chain, page });
      if (before !== undefined && before.chain !== chain) first.set(position, { chain, page });
    }
  }
}

const doAscend = (view: View, chains: readonly number[]): boolean => {
  let high = -1;
  for (const chain of chains) {
    for (const { reads } of pagesOf(view, at(view, chain))) {
      for (let read = reads.start; read < reads.start + reads.length; read += 1) {
        const position = view.positions.ofRead[read] ?? -1;
        if (position <= high) return false;
        high = position;
      }
    }
  }
  return true;
};

const at = (view: View, chain: number): View['tables']['chains'][number] =>
  view.tables.chains[chain] ?? { reader: -1, shard: -1, from: { type: 'UNKNOWN' }, pages: [] };

type Repeat = {
  readonly position: number;
  readonly before: { readonly chain: number; readonly page: number };
  readonly chain: number;
  readonly page: number;
};

const found = (view: View, { position, before, chain, page }: Repeat): Found => {
  const isSame = before.chain === chain;
  const { reader: id } = at(view, chain);
  const reader = readerName(view, id);
  const [first, second] = [view.tables.pageLine.at(before.page), view.tables.pageLine.at(page)];
  const isTurned = second < first;
  const lines = isTurned ? [second, first] : [first, second];
  return {
    kind: null,
    blame: isSame ? blameOf(view, id) : 'consumer',
    ...(isSame ? {} : { expect: 'allow' as const, allowedBecause: 'the reader began again with another iterator' }),
    positions: [position],
    shards: [view.positions.shard.at(position)],
    chain,
    page,
    isAtStart: !isSame,
    tell: () => ({
      sentence: `Reader ${reader} received ${placeName(view, position)} on ${lines.map(atLine).join(' and again on ')} ${howWords(isSame, isTurned)}.`,
      evidence: { reader, ...placeOf(view, position), acrossChains: !isSame },
      witness: lines,
    }),
  };
};

/** Says how a record came again. An iterator that began earlier than another one may get it later. */
const howWords = (isSame: boolean, isTurned: boolean): string => {
  if (isSame) return 'by the same iterator, though it never went back';
  return isTurned ? 'by another iterator, which it had started before that one' : 'after it had started a new iterator';
};
