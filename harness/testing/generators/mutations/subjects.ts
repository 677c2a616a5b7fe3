import type { Item } from '../../../detection/item.ts';
import { drop } from '../../../detection/kinds/drop.ts';
import { skip } from '../../../detection/kinds/skip.ts';
import type { SubjectEvent } from '../../../model/event.ts';
import { hashKeyOf } from '../../../model/hash-key.ts';
import type { Draft, Page, Rec } from './draft.ts';
import { first, mutations } from './mutation.ts';
import { shipped } from './shipped.ts';

/**
 * Mutations of what a consumer under test received and reported. The base has one that received everything, reader
 * `subject`.
 */
const tell = (draft: Draft, event: SubjectEvent['event'], more: Partial<SubjectEvent> = {}, before?: object): void =>
  draft.insert({ type: 'subject', reader: 'subject', event, ...more }, before);

const owing = (draft: Draft): void => {
  for (const line of draft.of('reader'))
    if (line.reader === 'subject') line.owes = { from: 'TRIM_HORIZON', shards: 'all' };
};

/** A record that was stored once, with the page on which the subject received it. */
type Given = { readonly page: Page; readonly record: Rec; readonly shard: string };
const given = (draft: Draft, isIt: (one: Given) => boolean = () => true): Given[] =>
  draft
    .plain()
    .flatMap((slot) => draft.readsOf(slot).filter(({ page }) => page.reader === 'subject'))
    .map(({ page, record }) => ({ page, record, shard: page.shard }))
    .filter(isIt);

const cutOut = (page: Page, record: Rec): void => {
  page.records = (page.records ?? []).filter((one) => one !== record);
};

const isInside = (draft: Draft, { record, shard }: Given): boolean => {
  const all = draft.pages('subject', shard).flatMap(({ records }) => records ?? []);
  const at = all.indexOf(record);
  return at > 0 && at < all.length - 1;
};

const isBetween = (draft: Draft, item: Item): boolean =>
  given(draft).some(
    (one) => isInside(draft, one) && item.stored[0]?.seq === one.record.seq && item.stored.length === 1,
  );

const lose = (count: number) => (draft: Draft) => {
  const inside = given(draft, (one) => isInside(draft, one)).slice(0, count);
  for (const { page, record } of inside) cutOut(page, record);
  return inside.length === count;
};

/** Two records of one key of one shard, the earlier one first. */
const pairs = (draft: Draft, isIt: (a: Given, b: Given) => boolean = () => true): (readonly [Given, Given])[] =>
  given(draft).flatMap((a) =>
    given(
      draft,
      (b) =>
        b.shard === a.shard && b.record.producer === a.record.producer && b.record.key === a.record.key && isIt(a, b),
    )
      .filter((b) => (a.record.n ?? 0) < (b.record.n ?? 0) && draft.isStoredBefore(a.record, b.record))
      .map((b) => [a, b] as const),
  );

const swap = (isIt: (a: Given, b: Given) => boolean) => (draft: Draft) =>
  first(pairs(draft, isIt).slice(0, 30), ([a, b]) => {
    const [one, other] = [{ ...a.record }, { ...b.record }];
    Object.assign(a.record, other);
    Object.assign(b.record, one);
    return true;
  });

const placeOf = ({ record, shard }: Given): Partial<SubjectEvent> => ({ shard, seq: record.seq });

/** Puts a checkpoint, at a record or at the shard's end, before the page that delivers the record. */
const ahead = (isEnd: boolean, isFirst: boolean) => (draft: Draft) =>
  first(given(draft), (one) => {
    const pages = draft.pages('subject', one.shard);
    if ((pages[0] === one.page) !== isFirst) return false;
    tell(draft, 'checkpoint', isEnd ? { shard: one.shard, at: 'SHARD_END' } : placeOf(one), one.page);
    return true;
  });

const back = (count: number) => (draft: Draft) =>
  first(pairs(draft), ([a, b]) => {
    tell(draft, 'checkpoint', placeOf(b));
    for (let time = 0; time < count; time += 1) tell(draft, 'checkpoint', placeOf(a));
    return true;
  });

/** A shard whose pages go to these workers in turn. */
const turns = (workers: readonly string[], isStarted: boolean) => (draft: Draft) =>
  first(given(draft), ({ shard, record }) => {
    for (const worker of new Set(workers)) if (isStarted) tell(draft, 'start', { worker, shard });
    workers.forEach((worker, index) => {
      const [isFirst, chain] = [workers.indexOf(worker) === index, 7000 + workers.indexOf(worker)];
      const from = isFirst ? ({ type: 'UNKNOWN' } as const) : undefined;
      draft.look('subject', shard, [{ ...record }], from, { worker, chain });
    });
    return true;
  });

const doneBackwards = (worker: string | undefined) => (draft: Draft) =>
  first(pairs(draft), ([a, b]) => {
    const by = worker === undefined ? {} : { worker };
    tell(draft, 'done', { ...placeOf(b), ...by });
    tell(draft, 'done', placeOf(a));
    return true;
  });

const doneAgain = (count: number, worker?: string) => (draft: Draft) =>
  first(given(draft), (one) => {
    tell(draft, 'done', placeOf(one));
    const by = worker === undefined ? {} : { worker };
    for (let time = 0; time < count; time += 1) tell(draft, 'done', { ...placeOf(one), ...by });
    return true;
  });

const fetched = (count: number) => (draft: Draft) => {
  const inside = given(draft, (one) => isInside(draft, one)).slice(0, count);
  if (inside.length < count) return false;
  draft.insert({ type: 'reader', reader: 'client', role: 'live', of: 'subject' });
  for (const shard of new Set(inside.map((one) => one.shard)))
    draft.look('client', shard, draft.log(shard), { type: 'TRIM_HORIZON' });
  for (const { page, record } of inside) cutOut(page, record);
  tell(draft, 'complete');
  return true;
};

const discard = (count: number, message?: string) => (draft: Draft) => {
  const some = given(draft).slice(0, count);
  for (const one of some) tell(draft, 'discard', { ...placeOf(one), ...(message === undefined ? {} : { message }) });
  return some.length === count;
};

const claim = (change: (record: Rec) => Rec) => (draft: Draft) =>
  first(
    given(draft, (one) => isInside(draft, one)),
    ({ page, record }) => {
      page.records = (page.records ?? []).flatMap((one) => (one === record ? [one, change({ ...one })] : [one]));
      return true;
    },
  );

const nextNumber = (seq: string): string => String(BigInt(seq) + 1n);

/** An aggregate with a user record of another shard, after all records of its shard. */
const stray = (count: number, isExplicit: boolean) => (draft: Draft) =>
  first(draft.shuffle(draft.open()), (shard) => {
    const hash = BigInt(shard.range[0]) === 0n ? BigInt(shard.range[1]) + 1n : BigInt(shard.range[0]) - 1n;
    if (hash >= 1n << 128n) return false;
    const keys = Array.from({ length: 500 }, (_, index) => `u${index}`);
    const isIn = (key: string): boolean => {
      const at = hashKeyOf(key);
      return at >= BigInt(shard.range[0]) && at <= BigInt(shard.range[1]);
    };
    const [good, bad] = [keys.filter(isIn), isExplicit ? keys.filter(isIn).slice(9) : keys.filter((key) => !isIn(key))];
    const users = [good[0], ...bad.slice(0, count)].filter((key) => key !== undefined);
    if (users.length < count + 1) return false;
    draft.aggregate(shard, users, isExplicit ? String(hash) : undefined);
    return true;
  });

export const subjectMutations = [
  ...mutations('subject-loss', {
    'the consumer is not given one record': { kind: 'middle', apply: shipped(drop, isBetween) },
    'it is not given two': { kind: 'middle', apply: lose(2) },
    'it owes all and skips a child shard': {
      kind: 'shard',
      apply: (draft) => {
        if (!shipped(skip, (_, { sendings }) => sendings.length === 1)(draft)) return false;
        owing(draft);
        tell(draft, 'complete');
        return true;
      },
    },
    'it owes all and is not given a shard': {
      kind: 'shard',
      apply: (draft) => {
        const [one] = given(draft);
        if (one === undefined) return false;
        owing(draft);
        draft.remove((line) => line.type === 'page' && line.reader === 'subject' && line.shard === one.shard);
        tell(draft, 'complete');
        return true;
      },
    },
  }),
  ...mutations('subject-reorder', {
    'two records of a key change places in a page': swap((a, b) => a.page === b.page),
    'two records of a key change places between pages': swap((a, b) => a.page !== b.page),
    'any two records of a key change places': swap(() => true),
  }),
  ...mutations('subject-duplicate', {
    'a page holds a record twice': {
      kind: 'same-chain',
      apply: (draft) =>
        first(given(draft), ({ page, record }) => {
          page.records = (page.records ?? []).flatMap((one) => (one === record ? [one, { ...one }] : [one]));
          return true;
        }),
    },
    'a later page of the chain begins with a record again': {
      kind: 'same-chain',
      apply: (draft) =>
        first(given(draft), ({ page, record }) => {
          const last = draft
            .pages('subject', page.shard)
            .filter(({ chain }) => chain === page.chain)
            .at(-1);
          if (last === undefined || last === page) return false;
          last.records = [{ ...record }, ...(last.records ?? [])];
          return true;
        }),
    },
    'a record before the checkpoint comes again': {
      kind: 'checkpointed',
      apply: (draft) =>
        first(given(draft), (one) => {
          tell(draft, 'checkpoint', placeOf(one));
          draft.look('subject', one.shard, [{ ...one.record }], { type: 'UNKNOWN' });
          return true;
        }),
    },
  }),
  ...mutations('checkpoint-ahead', {
    'a checkpoint names a record of the first page before it is given': ahead(false, true),
    'a checkpoint names a record of a later page before it is given': ahead(false, false),
    'a checkpoint at the end of the shard comes first': ahead(true, true),
  }),
  ...mutations('checkpoint-back', {
    'a checkpoint lies before the one before it': back(1),
    'two checkpoints lie before an earlier one': back(2),
    'three do': back(3),
  }),
  ...mutations('two-owners', {
    'a worker goes on after another one began': {
      beside: ['subject-duplicate'],
      apply: turns(['w1', 'w2', 'w1'], false),
    },
    'a worker goes on after another one reported its start': {
      beside: ['subject-duplicate'],
      apply: turns(['w1', 'w2', 'w1'], true),
    },
    'two workers go on after a third one began': {
      beside: ['subject-duplicate'],
      apply: turns(['w1', 'w2', 'w3', 'w1', 'w2'], false),
    },
  }),
  ...mutations('effect-reorder', {
    'two records of a key are done in the other order': doneBackwards(undefined),
    'two workers are done with them': doneBackwards('w2'),
    'a third worker is done with the later one': doneBackwards('w3'),
  }),
  ...mutations('effect-duplicate', {
    'a record is done twice': doneAgain(1),
    'a record is done three times': doneAgain(2),
    'a second worker does a record again': doneAgain(1, 'w2'),
  }),
  ...mutations('fetched-not-delivered', {
    'the client fetched a record that was not handed over': { beside: ['subject-loss'], apply: fetched(1) },
    'the client fetched two': { beside: ['subject-loss'], apply: fetched(2) },
    'the client fetched three': { beside: ['subject-loss'], apply: fetched(3) },
  }),
  ...mutations('subject-discard', {
    'a record is given up': discard(1),
    'two records are given up': discard(2),
    'a record is given up with a message': discard(1, 'poison'),
  }),
  ...mutations('subject-claim', {
    'a record without identity that nobody stored': claim(({ seq, key }) => ({
      seq: nextNumber(seq),
      ...(key === undefined ? {} : { key }),
      digest: '0123456789abcdef',
    })),
    'a number that nobody put': claim((record) => ({ ...record, seq: nextNumber(record.seq), n: 100_000 })),
    'a producer that nobody knows': claim((record) => ({ ...record, seq: nextNumber(record.seq), producer: 'nobody' })),
  }),
  ...mutations('stray-sub-record', {
    'an aggregate holds a user record of another shard': { beside: ['undeliverable'], apply: stray(1, false) },
    'an aggregate holds two': { beside: ['undeliverable'], apply: stray(2, false) },
    'an explicit hash key leads elsewhere': { beside: ['undeliverable'], apply: stray(1, true) },
  }),
  ...mutations('undeliverable', {
    'an acknowledged aggregate holds a user record of another shard': stray(1, false),
    'an acknowledged aggregate holds two': stray(2, false),
    'an explicit hash key of an acknowledged one leads elsewhere': stray(1, true),
  }),
];
