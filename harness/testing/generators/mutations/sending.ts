import type { Item } from '../../../detection/item.ts';
import { delay } from '../../../detection/kinds/delay.ts';
import { lose } from '../../../detection/kinds/lose.ts';
import { misroute } from '../../../detection/kinds/misroute.ts';
import { swap } from '../../../detection/kinds/swap.ts';
import { hashKeyOf } from '../../../model/hash-key.ts';
import { type Draft, digestOf, type Rec, recordOf, type Slot } from './draft.ts';
import { first, mutations } from './mutation.ts';
import { shipped } from './shipped.ts';

/** Mutations of sections C, D and E: loss, order as sent, routing. */

/** Loses a record that is not the last of its shard, because for the last one nobody provably passed it. */
const lost = (isIt: (n: number, read: readonly number[]) => boolean) =>
  shipped(lose, (draft, item) => {
    const [place] = item.stored;
    const read = draft
      .deliveries((r) => `${r.producer ?? ''}\n${r.idKey ?? r.key ?? ''}` === item.flow)
      .flatMap(({ record }) => record.n ?? []);
    return place !== undefined && draft.log(place.shard).at(-1)?.seq !== place.seq && isIt(item.n ?? 0, read);
  });

/** True if the next record of the flow is sent serially, and everybody reads after both are there. */
const isSerially = (draft: Draft, { flow, n = 0, reads }: Item): boolean => {
  const next = draft.slots().find((slot) => flowOf(slot) === flow && slot.n === n + 1);
  const later = next === undefined ? -1 : draft.at(next.put);
  return next !== undefined && draft.isSerial(next) && reads.every(({ line }) => line > later);
};
/**
 * True if no record of the key is chained, because a broken chain of SequenceNumberForOrdering would explain the
 * finding.
 */
const isUnchained = (draft: Draft, item: Item): boolean =>
  isSerially(draft, item) &&
  draft.of('put').every(({ entries }) => entries.every(({ key, after }) => key !== item.key || after === undefined));
const flowOf = ({ put, key }: Slot): string => `${put.producer ?? ''}\n${key}`;

/** Exchanges two records for all readers. */
const exchange = (draft: Draft, a: Slot, b: Slot): boolean => {
  const [one, other] = [draft.readsOf(a), draft.readsOf(b)];
  const strip = ({ seq: _, ...rest }: { seq: string }) => rest;
  const [first1] = one;
  const [first2] = other;
  if (first1 === undefined || first2 === undefined) return false;
  const [bodyA, bodyB] = [strip({ ...first1.record }), strip({ ...first2.record })];
  for (const { record } of one) Object.assign(record, bodyB);
  for (const { record } of other) Object.assign(record, bodyA);
  const { seq } = a.result;
  a.result.seq = b.result.seq;
  b.result.seq = seq;
  return true;
};
const pairOf = (draft: Draft, fits: (a: Slot, b: Slot) => boolean, change: (a: Slot, b: Slot) => boolean): boolean =>
  first(draft.plain(), (a) =>
    first(
      draft.plain((b) => b.result.shard === a.result.shard && !(a.put.op === b.put.op && a.index === b.index)),
      (b) => {
        // A reader that got one before the other was sent would read from the future.
        const early = [...draft.readsOf(a), ...draft.readsOf(b)].some(
          ({ page }) => draft.at(page) < Math.max(draft.at(a.put), draft.at(b.put)),
        );
        return !early && fits(a, b) && change(a, b);
      },
    ),
  );
const sameKey = (a: Slot, b: Slot): boolean => a.put.producer === b.put.producer && a.key === b.key;
const fresh2 = (draft: Draft): readonly [string, string] => {
  const low = draft.fresh();
  return [low, String(BigInt(low) + 1n).padStart(low.length, '0')];
};
/** A new producer's two records of one key, stored the wrong way round. */
const backwards =
  (more: (draft: Draft, seqs: readonly [string, string]) => { a?: string; b?: string }) => (draft: Draft) =>
    first(draft.open(), (info) => {
      const key = draft.keyIn(info);
      const [low, high] = fresh2(draft);
      const { b } = more(draft, [low, high]);
      draft.send({ key, n: 0 }, { shard: info.shard, seq: high });
      draft.send({ key, n: 1, ...(b === undefined ? {} : { after: b }) }, { shard: info.shard, seq: low });
      draft.deliver(info.shard, recordOf(low, { key, n: 1 }));
      draft.deliver(info.shard, recordOf(high, { key, n: 0 }));
      return true;
    });
const batch = (
  draft: Draft,
  shard: string,
  key: string,
  sent: readonly (readonly [n: number, seq: string])[],
): void => {
  const op = draft.op();
  const before = draft.settled();
  const entries = sent.map(([n]) => ({ key, n, digest: digestOf(key, n), bytes: 20 }));
  draft.insert({ type: 'put', op, producer: 'px', api: 'PutRecords', entries }, before);
  draft.insert({ type: 'ack', op, outcome: 'ok', results: sent.map(([, seq]) => ({ shard, seq })) }, before);
};
const many = (draft: Draft, count: number): string[] => {
  const low = draft.fresh();
  return Array.from({ length: count }, (_, index) => String(BigInt(low) + BigInt(index)).padStart(low.length, '0'));
};
/** One PutRecords of one key, stored in the order of `places`. */
const shuffledBatch = (places: readonly number[]) => (draft: Draft) =>
  first(draft.open(), (info) => {
    const key = draft.keyIn(info);
    const seqs = many(draft, places.length);
    batch(
      draft,
      info.shard,
      key,
      places.map((place, n) => [n, seqs[place] ?? ''] as const),
    );
    seqs.forEach((seq, place) => {
      draft.deliver(info.shard, recordOf(seq, { key, n: places.indexOf(place) }));
    });
    return true;
  });
const skipped = (size: number, at: number) => (draft: Draft) =>
  first(draft.open(), (info) => {
    const key = draft.keyIn(info);
    const seqs = many(draft, size + 1);
    const own = seqs.filter((_, index) => index !== at);
    batch(
      draft,
      info.shard,
      key,
      own.map((seq, n) => [n, seq] as const),
    );
    draft.send({ key, n: 0, producer: 'py' }, { shard: info.shard, seq: seqs[at] ?? '' });
    seqs.forEach((seq) => {
      draft.deliver(
        info.shard,
        seq === seqs[at] ? recordOf(seq, { key, n: 0, producer: 'py' }) : recordOf(seq, { key, n: own.indexOf(seq) }),
      );
    });
    return true;
  });
/** n is refused, m is stored, then n is sent again. A careless client, and P2. */
const retried = (later: number) => (draft: Draft) =>
  first(draft.open(), (info) => {
    const key = draft.keyIn(info);
    draft.send({ key, n: 0 }, 'fail');
    for (let n = 1; n <= later; n += 1) draft.store(info, { key, n });
    draft.store(info, { key, n: 0 });
    return true;
  });
/** A record is given up with an unknown outcome, newer records follow, and then it is stored. */
const zombie = (isRepeated: boolean, newer: number) => (draft: Draft) =>
  first(draft.open(), (info) => {
    const key = draft.keyIn(info);
    draft.send({ key, n: 0 }, 'info');
    if (isRepeated) draft.store(info, { key, n: 0 });
    for (let n = 1; n <= newer; n += 1) draft.store(info, { key, n });
    draft.deliver(info.shard, recordOf(draft.fresh(), { key, n: 0 }));
    return true;
  });
const routed = (change: (draft: Draft, key: string) => { key: string; hash?: string }) => (draft: Draft) =>
  first(draft.open(), (info) =>
    first(draft.open(), (other) => {
      if (other.shard === info.shard) return false;
      draft.store(info, { ...change(draft, draft.keyIn(other)), n: 0 });
      return true;
    }),
  );
const toClosed = (count: number) => (draft: Draft) =>
  first(draft.closed(), (info) => {
    const key = draft.keyIn(info);
    const end = info.seq[1];
    const log = draft.log(info.shard);
    if (end === null || log.length === 0 || BigInt(end) - BigInt(log.at(-1)?.seq ?? 0) <= BigInt(count)) return false;
    for (let n = 0; n < count; n += 1) {
      const seq = String(BigInt(log.at(-1)?.seq ?? 0) + BigInt(n + 1)).padStart(end.length, '0');
      draft.send({ key, n }, { shard: info.shard, seq });
      for (const reader of ['live', 'final', 'copy', 'subject'])
        draft.pages(reader, info.shard).at(-1)?.records?.push(recordOf(seq, { key, n }));
      if (draft.pages('live', info.shard).some((page) => draft.at(page) < draft.at(draft.settled())))
        return moveEnd(draft, info.shard, reader0);
    }
    return true;
  });
const reader0 = 'live';
const moveEnd = (draft: Draft, shard: string, reader: string): boolean => {
  const page = draft.pages(reader, shard).at(-1);
  if (page === undefined) return false;
  draft.remove((line) => line === page);
  const end = draft.of('end')[0];
  if (end === undefined) return false;
  draft.insert({
    ...page,
    t0: end.t,
    ...(page.from === undefined ? {} : { from: { ...page.from, t0: end.t, t: end.t } }),
  });
  const moved = draft.pages(reader, shard).at(-1);
  if (moved !== undefined) moved.t = end.t;
  return true;
};

const encoded = (shard: number, at: number): string => {
  const hex = (value: number, width: number) => value.toString(16).padStart(width, '0');
  return BigInt(`0x2${hex(1_700_000_000, 9)}0${hex(at, 16)}00${hex(1_760_000_000, 9)}${hex(shard, 8)}2`).toString();
};
const misencoded = (index: (shard: number) => number) => (draft: Draft) =>
  first(draft.open(), (info) => {
    const seq = encoded(index(Number(info.shard.slice(8))), 7);
    if (BigInt(draft.fresh()) > BigInt(seq)) return false;
    draft.store(info, { key: draft.keyIn(info), n: 0 }, seq);
    return true;
  });
/**
 * Two roots whose ranges overlap while the stream is UPDATING. A key may lie in both, and neither is wrong by its
 * hash.
 */
const strayed = (count: number, producer: string) => (draft: Draft) =>
  first(draft.open(), (info) =>
    first(draft.open(), (other) => {
      const isRoot = [info, other].every(
        ({ shard, parents }) => parents.length === 0 && draft.childrenOf(shard).length === 0,
      );
      if (other.shard === info.shard || !isRoot) return false;
      const key = draft.keyIn(info);
      const low = BigInt(info.range[0]) < BigInt(other.range[0]);
      for (const topology of draft.topologies()) topology.status = 'UPDATING';
      for (const listed of draft.infos(other.shard)) listed.range[low ? 0 : 1] = info.range[low ? 0 : 1];
      draft.store(info, { key, n: 0 });
      for (let n = 0; n < count; n += 1) draft.store(other, { key, n: producer === 'px' ? n + 1 : n, producer });
      return true;
    }),
  );
const hole =
  (position: 'first' | 'middle' | 'last', outcome: 'never' | 'fail' | 'info', size = 1) =>
  (draft: Draft) =>
    first(draft.open(), (info) => {
      const key = draft.keyIn(info);
      const from = { first: 0, middle: 1, last: 2 }[position];
      for (let n = 0; n < 3; n += 1) {
        if (n < from || n >= from + size) draft.store(info, { key, n });
        else if (outcome !== 'never') draft.send({ key, n }, outcome);
      }
      return true;
    });
const expired = (hours: number) => (draft: Draft) => {
  const [head] = draft.of('head');
  const [slot] = draft.plain(({ result }) => draft.log(result.shard).at(-1)?.seq !== result.seq);
  if (head === undefined || slot === undefined) return false;
  const { shard, seq } = slot.result;
  const early = draft
    .log(shard)
    .filter((r) => BigInt(r.seq) <= BigInt(seq))
    .map((r) => r.seq);
  const isCopied = (r: Rec): boolean =>
    draft.deliveries((o) => o.producer === r.producer && o.key === r.key && o.n === r.n && o.seq !== r.seq).length > 0;
  if (draft.log(shard).some((r) => early.includes(r.seq) && isCopied(r))) return false;
  draft.remove(
    (line) => (line.type === 'page' && line.reader === 'live') || (line.type === 'reader' && line.reader === 'live'),
  );
  head.stream = { ...head.stream, retentionHours: hours };
  // All records were written long before the readers came. A new record shows that they read at all.
  draft.wait(draft.settled(), hours * 3.6e9 + 1e6);
  draft.drop((r, page) => page.shard === shard && early.includes(r.seq));
  return true;
};
const unseen = (which: number) => (draft: Draft) =>
  first(draft.open(), ({ shard }) => {
    const log = draft.log(shard);
    const own = log.filter((r) => r.producer !== 'harness');
    const cut = own.at(-which);
    if (cut === undefined || own.length <= which) return false;
    if (
      draft.deliveries((r) => r.producer === cut.producer && r.key === cut.key && r.n === cut.n && r.seq !== cut.seq)
        .length > 0
    )
      return false;
    draft.drop((r, page) => page.shard === shard && BigInt(r.seq) >= BigInt(cut.seq));
    return true;
  });
const unknown = (isIt: (slot: Slot) => boolean) => (draft: Draft) =>
  first(
    draft.plain((slot) => slot.put.entries.length === 1 && isIt(slot)),
    ({ ack }) => {
      ack.outcome = 'info';
      ack.error = 'TimeoutError';
      delete ack.results;
      return true;
    },
  );

export const sendingMutations = [
  ...mutations('lost-write', {
    'a record is given to nobody': lost(() => true),
    'the first record of a key is given to nobody': {
      kind: 'prefix',
      apply: lost((n, read) => n === Math.min(...read) && read.some((other) => other > n)),
    },
    'a record in the middle of a key is given to nobody': {
      kind: 'middle',
      apply: lost((n, read) => read.some((other) => other > n) && read.some((other) => other < n)),
    },
    'the last record of a key is given to nobody': {
      kind: 'postfix',
      apply: lost((n, read) => n === Math.max(...read) && read.some((other) => other < n)),
    },
  }),
  ...mutations('unseen', {
    'the last record and the sentinel are not reached': unseen(1),
    'the last two records are not reached': unseen(2),
    'the last three records are not reached': unseen(3),
  }),
  ...mutations('recovered', {
    'an answer is lost, the record is there': unknown(() => true),
    'the answer for the first record of a key is lost': unknown(({ n }) => n === 0),
    'the answer for a later record is lost': unknown(({ n }) => n > 0),
  }),
  ...mutations('expired-unread', {
    'a record is older than a day when it is first read for': expired(24),
    'older than an hour': expired(1),
    'older than a week': expired(168),
  }),
  ...mutations('counter-gap', {
    'a number is skipped': { kind: 'never-sent', apply: hole('middle', 'never') },
    'the first number is skipped': { kind: 'never-sent', apply: hole('first', 'never') },
    'two numbers are skipped': { kind: 'never-sent', apply: hole('first', 'never', 2) },
    'a refused record is given up': { kind: 'gave-up', apply: hole('middle', 'fail') },
    'the last record is refused and given up': { kind: 'gave-up', apply: hole('last', 'fail') },
    'an outcome is never known': { kind: 'info', apply: hole('middle', 'info') },
  }),
  ...mutations('nonmonotonic-send', {
    'a record changes places with the next of its key': {
      beside: ['key-reorder'],
      apply: shipped(swap, isUnchained),
    },
    'two serial records are stored the wrong way round': { beside: ['key-reorder'], apply: backwards(() => ({})) },
    'two serial records of the load change places': {
      beside: ['key-reorder'],
      apply: (draft) =>
        pairOf(
          draft,
          (a, b) =>
            sameKey(a, b) &&
            a.n + 1 === b.n &&
            draft.isSerial(a) &&
            b.put.entries[0]?.after === undefined &&
            a.put.entries[0]?.after === undefined,
          (a, b) => exchange(draft, a, b),
        ),
    },
    'a later record is stored below two earlier ones': {
      beside: ['key-reorder'],
      apply: (draft) =>
        first(draft.open(), (info) => {
          const key = draft.keyIn(info);
          const seqs = many(draft, 3);
          const places = [seqs[1], seqs[2], seqs[0]];
          places.forEach((seq, n) => {
            draft.send({ key, n }, { shard: info.shard, seq: seq ?? '' });
          });
          seqs.forEach((seq) => {
            draft.deliver(info.shard, recordOf(seq, { key, n: places.indexOf(seq) }));
          });
          return true;
        }),
    },
  }),
  ...mutations('snfo-broken', {
    'the number is below the one handed over': {
      beside: ['key-reorder'],
      apply: backwards((_, [, high]) => ({ b: high })),
    },
    'the number is below the last but one, which was handed over': {
      beside: ['key-reorder'],
      apply: (draft) =>
        first(draft.open(), (info) => {
          const key = draft.keyIn(info);
          const seqs = many(draft, 3);
          const [low = '', middle = '', high = ''] = seqs;
          const places = [middle, high, low];
          for (const [n, seq] of places.entries())
            draft.send({ key, n, ...(n === 0 ? {} : { after: middle }) }, { shard: info.shard, seq });
          for (const seq of seqs) draft.deliver(info.shard, recordOf(seq, { key, n: places.indexOf(seq) }));
          return true;
        }),
    },
    'two records of the load change places, of which one was sent after the other': {
      beside: ['key-reorder'],
      apply: (draft) =>
        pairOf(
          draft,
          (a, b) => sameKey(a, b) && a.n + 1 === b.n && draft.isSerial(a) && b.put.entries[0]?.after === a.result.seq,
          (a, b) => {
            const [entry] = b.put.entries;
            if (entry !== undefined) entry.after = b.result.seq;
            return exchange(draft, a, b);
          },
        ),
    },
  }),
  ...mutations('realtime-append-order', {
    'a later record of another producer is stored below': realtime('py', 2),
    'the last of three is stored first': realtime('py', 3),
    'a later record of another key is stored below': realtime('px', 2),
  }),
  ...mutations('int-nonmonotonic-send', {
    'two records of a call are stored the wrong way round': shuffledBatch([1, 0]),
    'the last of a call is stored first': shuffledBatch([1, 2, 0]),
    'a call is stored backwards': shuffledBatch([3, 2, 1, 0]),
  }),
  ...mutations('int-send-skip', {
    'a record lies between two of a call': skipped(2, 1),
    'a record lies behind the first of three': skipped(3, 1),
    'a record lies before the last of four': skipped(4, 3),
  }),
  ...mutations('key-reorder', {
    'a refused record is sent again behind the next one': { kind: 'retry', apply: retried(1) },
    'a refused record is sent again behind three others': { kind: 'retry', apply: retried(3) },
    'two acknowledged records are stored the wrong way round': {
      beside: ['nonmonotonic-send'],
      apply: backwards(() => ({})),
    },
    'a record changes places with the next of its key': {
      beside: ['nonmonotonic-send', 'snfo-broken'],
      apply: shipped(swap, isSerially),
    },
    'a record is stored behind later ones of its key': {
      beside: ['nonmonotonic-send', 'snfo-broken'],
      apply: shipped(delay, isSerially),
    },
    'two acknowledged batches are read the wrong way round': (draft) =>
      first(draft.open(), (info) => {
        const key = draft.keyIn(info);
        const seqs = many(draft, 2);
        batch(draft, info.shard, key, [[0, seqs[1] ?? '']]);
        batch(draft, info.shard, key, [[1, seqs[0] ?? '']]);
        seqs.forEach((seq, index) => {
          draft.deliver(info.shard, recordOf(seq, { key, n: 1 - index }));
        });
        return true;
      }),
  }),
  ...mutations('zombie-append', {
    'an abandoned put lands behind the next record': zombie(false, 1),
    'an abandoned put lands behind three records': zombie(false, 3),
    'the first of two attempts lands late': zombie(true, 1),
  }),
  ...mutations('mispartitioned', {
    'a record of the load is stored in another shard': shipped(misroute),
    'a record goes to a shard that does not hold its hash': routed((_, key) => ({ key })),
    'an explicit hash key is not heeded': routed((draft, key) => ({
      key: draft.keyIn(
        draft.open()[0] ?? draft.open()[1] ?? { shard: '', range: ['0', '0'], parents: [], seq: ['0', null] },
      ),
      hash: String(hashKeyOf(key)),
    })),
    'a put of the load asked for another shard': (draft) =>
      first(
        draft.plain(({ put }) => put.api === 'PutRecord'),
        ({ put, result }) => {
          const other = draft
            .open()
            .find(
              (s) =>
                s.shard !== result.shard && BigInt(s.range[0]) > BigInt(draft.infos(result.shard)[0]?.range[1] ?? 0),
            );
          const [entry] = put.entries;
          if (other === undefined || entry === undefined) return false;
          entry.hash = other.range[0];
          return true;
        },
      ),
  }),
  ...mutations('split-key', {
    'a key stands in two open shards': strayed(1, 'px'),
    'a key of two producers stands in two open shards': strayed(1, 'py'),
    'a key stands often in another shard': strayed(3, 'px'),
  }),
  ...mutations('write-to-closed', {
    'a closed shard takes a record': toClosed(1),
    'a shard closed in the middle takes a record': (draft) =>
      draft.childrenOf(draft.closed()[0]?.shard ?? '').length > 0 && toClosed(1)(draft),
    'a put of the load names the parent': (draft) => loadToClosed(draft),
  }),
  ...mutations('shard-encoding', {
    'the number encodes the next shard': misencoded((shard) => shard + 1),
    'the number encodes a shard far off': misencoded((shard) => shard + 27),
    'the number encodes another low shard': misencoded((shard) => (shard === 0 ? 3 : 0)),
  }),
];

function realtime(other: string, count: number) {
  return (draft: Draft): boolean =>
    first(draft.open(), (info) => {
      const seqs = many(draft, count);
      const keys = Array.from({ length: count }, (_, index) =>
        index === count - 1 ? freshKey(draft, info, 1) : freshKey(draft, info, 0),
      );
      const order = [...seqs.slice(1), seqs[0] ?? ''];
      order.forEach((seq, index) => {
        draft.send(
          { key: keys[index] ?? '', n: index === count - 1 ? 0 : index, producer: index === count - 1 ? other : 'px' },
          { shard: info.shard, seq },
        );
      });
      seqs.forEach((seq) => {
        const index = order.indexOf(seq);
        draft.deliver(
          info.shard,
          recordOf(seq, {
            key: keys[index] ?? '',
            n: index === count - 1 ? 0 : index,
            producer: index === count - 1 ? other : 'px',
          }),
        );
      });
      return true;
    });
}
function freshKey(draft: Draft, info: Parameters<Draft['keyIn']>[0], skip: number): string {
  const base = draft.keyIn(info);
  if (skip === 0) return base;
  for (let index = 0; ; index += 1) if (`k${index}` !== base && draft.keyHash(`k${index}`, info)) return `k${index}`;
}
/** The put is sent after its shard was listed closed: the listing and the reshard move before it. */
function loadToClosed(draft: Draft): boolean {
  const [slot] = draft.plain(
    ({ put, result }) =>
      put.api === 'PutRecord' &&
      draft.infos(result.shard).some(({ seq }) => seq[1] !== null) &&
      draft.isSerial({ put, key: put.entries[0]?.key ?? '' } as Slot),
  );
  if (slot === undefined) return false;
  const t = slot.put.t;
  const info = draft.last().find(({ shard }) => shard === slot.result.shard);
  const known = draft
    .topologies()
    .filter((topology) => draft.at(topology) < draft.at(slot.put))
    .at(-1);
  if (info === undefined || known === undefined) return false;
  const copy = structuredClone(known);
  if (!copy.shards.some(({ shard }) => shard === info.shard)) return false;
  for (const listed of copy.shards) if (listed.shard === info.shard) listed.seq[1] = info.seq[1];
  draft.insert({ ...copy, status: 'UPDATING' }, slot.put);
  const moved = draft.topologies().find((topology) => topology.status === 'UPDATING');
  if (moved === undefined) return false;
  moved.t = t;
  draft.wait(slot.put, 5);
  for (const topology of draft.topologies().slice(draft.topologies().indexOf(moved))) {
    if (topology !== draft.topologies().at(-1)) topology.status = 'UPDATING';
    for (const listed of topology.shards) if (listed.shard === info.shard) listed.seq[1] = info.seq[1];
  }
  return true;
}
