import { corrupt } from '../../../detection/kinds/corrupt.ts';
import { double } from '../../../detection/kinds/double.ts';
import { type Draft, recordOf, type Slot } from './draft.ts';
import { first, mutations } from './mutation.ts';
import { shipped } from './shipped.ts';

/** Mutations of section A: identity and integrity. */
const damaged = 'ffffffffffffffff';
const startedAt = Date.parse('2026-11-23T08:00:00.000Z');

const damageOne = (reader: string) => (draft: Draft) =>
  first(draft.plain(), (slot) => {
    const reads = draft.readsOf(slot);
    const mine = reads.filter(({ page }) => page.reader === reader);
    if (mine.length === 0 || mine.length === reads.length) return false;
    for (const { record } of mine) record.digest = damaged;
    return true;
  });
const damageAll =
  (
    change: (
      slot: Slot,
      record: { key?: string; idKey?: string; digest?: string; producer?: string; n?: number },
    ) => void,
  ) =>
  (draft: Draft) =>
    first(draft.plain(), (slot) => {
      for (const { record } of draft.readsOf(slot)) change(slot, record);
      return true;
    });
const copyAt = (pick: (draft: Draft, slot: Slot) => boolean, sent: readonly ('info' | 'ok')[]) => (draft: Draft) =>
  first(
    draft.plain((slot) => draft.isSerial(slot) && pick(draft, slot)),
    (slot) => {
      const info = draft.open().find((s) => draft.keyHash(slot.key, s));
      const { put, key, n } = slot;
      const entry = put.entries[slot.index];
      if (info === undefined || entry === undefined || put.producer === undefined) return false;
      const record = {
        ...recordOf('0', { key, n, producer: put.producer }),
        ...(entry.digest === undefined ? {} : { digest: entry.digest }),
      };
      const after = entry.after === undefined ? {} : { after: lastSeq(draft, slot) };
      for (const outcome of sent) {
        const seq = draft.fresh();
        const more = { key, n, producer: put.producer, ...after };
        if (outcome === 'info') {
          // The attempt with the unknown outcome comes right before the put that was answered.
          draft.insert(
            { type: 'put', op: draft.op(), producer: put.producer, api: 'PutRecord', entries: [{ ...entry }] },
            put,
          );
          draft.insert({ type: 'ack', op: draft.op() - 1, outcome: 'info', error: 'TimeoutError' }, put);
        } else draft.send(more, { shard: info.shard, seq });
        if (outcome === 'ok') fixDigest(draft, entry.digest);
        draft.deliver(info.shard, { ...record, seq });
      }
      if (sent.length === 0) draft.deliver(info.shard, { ...record, seq: draft.fresh() });
      return true;
    },
  );
const fixDigest = (draft: Draft, digest: string | undefined): void => {
  const entry = draft.of('put').find(({ op }) => op === draft.op() - 1)?.entries[0];
  if (entry !== undefined && digest !== undefined) entry.digest = digest;
};
const lastSeq = (draft: Draft, { put, key }: Slot): string =>
  draft
    .slots()
    .filter((s) => s.put.producer === put.producer && s.key === key)
    .at(-1)?.result.seq ?? '0';
const isLast = (draft: Draft, { put, key, n }: Slot): boolean =>
  draft.of('put').every((p) => p.producer !== put.producer || p.entries.every((e) => e.key !== key || (e.n ?? 0) <= n));

const misack =
  (pick: (draft: Draft, slot: Slot) => boolean, change: (draft: Draft, slot: Slot) => boolean) => (draft: Draft) =>
    first(
      draft.plain((slot) => isLast(draft, slot) && pick(draft, slot)),
      (slot) => change(draft, slot),
    );
const toFresh = (draft: Draft, slot: Slot): boolean => {
  if (draft.infos(slot.result.shard).some(({ seq }) => seq[1] !== null)) return false;
  slot.result.seq = draft.fresh();
  return true;
};

const swapAcks = (fits: (a: Slot, b: Slot, draft: Draft) => boolean) => (draft: Draft) =>
  first(
    draft.plain(({ put }) => put.api === 'PutRecords'),
    (a) =>
      first(
        draft.plain(({ put, index }) => put.op === a.put.op && index !== a.index),
        (b) => {
          if (!fits(a, b, draft)) return false;
          const { shard, seq } = a.result;
          Object.assign(a.result, { shard: b.result.shard, seq: b.result.seq });
          Object.assign(b.result, { shard, seq });
          return true;
        },
      ),
  );

export const identityMutations = [
  ...mutations('inconsistent-offsets', {
    'the copying reader is given other bytes at one place': damageOne('copy'),
    'the live reader is given other bytes at one place': damageOne('live'),
    'the final reader is given other bytes at one place': damageOne('final'),
    'two puts are answered with one place': (draft) =>
      first(draft.open(), (info) => {
        const key = draft.keyIn(info);
        const seq = draft.store(info, { key, n: 0 });
        draft.send({ key, n: 0, producer: 'py' }, { shard: info.shard, seq });
        return true;
      }),
  }),
  ...mutations('duplicate', {
    'a record sent once stands twice': copyAt(() => true, []),
    'a record of any producer stands twice, right behind itself': shipped(double),
    'the last record of a key, sent once, stands twice': copyAt(isLast, []),
    'the first record of a key stands again behind the others': copyAt((_, { n }) => n === 0, []),
    'a record is sent again after its answer': { kind: 'resend', apply: copyAt(() => true, ['ok']) },
    'the last record of a key is sent again after its answer': { kind: 'resend', apply: copyAt(isLast, ['ok']) },
    'an attempt of unknown outcome lands late': { kind: 'retry', apply: copyAt(isLast, ['info']) },
  }),
  ...mutations('seq-collision', {
    'a number of another shard is given again': (draft) => first(draft.open(), (info) => collide(draft, info, false)),
    'a number of the parent is given again in another line': (draft) =>
      first(draft.closed(), () => first(draft.open(), (info) => collide(draft, info, false))),
    'one fresh number is given in two shards': (draft) => first(draft.open(), (info) => collide(draft, info, true)),
  }),
  ...mutations('ack-mismatch', {
    'an answer names a place where nothing is': misack((draft, slot) => draft.isSerial(slot), toFresh),
    'an answer of PutRecords names a place where nothing is': misack((_, { put }) => put.api === 'PutRecords', toFresh),
    'a new record is answered with a place above its own': (draft) =>
      first(draft.open(), (info) => {
        const key = draft.keyIn(info);
        const seq = draft.fresh();
        draft.send({ key, n: 0 }, { shard: info.shard, seq: String(BigInt(seq) + 1n).padStart(seq.length, '0') });
        draft.deliver(info.shard, recordOf(seq, { key, n: 0 }));
        return true;
      }),
  }),
  ...mutations('corruption', {
    'all readers are given other bytes': shipped(corrupt),
    'the partition key that comes back is another': damageAll(({ key }, record) => {
      record.idKey = key;
      record.key = `${key}${key}`;
    }),
    'the record claims an identity that was never put': damageAll((_, record) => {
      record.producer = 'nobody';
    }),
    'the record has lost its identity': damageAll((_, record) => {
      delete record.producer;
      delete record.n;
    }),
  }),
  ...mutations('phantom', {
    'a record of a producer that is none': (draft) =>
      first(draft.open(), (info) => {
        draft.deliver(info.shard, recordOf(draft.fresh(), { key: draft.keyIn(info), n: 0, producer: 'nobody' }));
        return true;
      }),
    'a record without identity': (draft) =>
      first(draft.open(), (info) => {
        draft.deliver(info.shard, { seq: draft.fresh(), key: draft.keyIn(info), digest: damaged });
        return true;
      }),
    'a number that the producer has not reached': (draft) =>
      first(draft.open(), (info) => {
        const key = draft.keyIn(info);
        draft.store(info, { key, n: 0 });
        draft.deliver(info.shard, recordOf(draft.fresh(), { key, n: 1 }));
        return true;
      }),
  }),
  ...mutations('aborted-read', {
    'a put that failed is read': (draft) =>
      first(
        draft.plain(({ put }) => put.api === 'PutRecord'),
        ({ ack }) => {
          ack.outcome = 'fail';
          ack.error = 'ValidationException';
          delete ack.results;
          return true;
        },
      ),
    'a throttled entry is read': (draft) =>
      first(
        draft.plain(({ put }) => put.api === 'PutRecords'),
        ({ ack, index }) => {
          ack.results?.splice(index, 1, { error: 'ProvisionedThroughputExceededException' });
          return true;
        },
      ),
    'a record that failed twice is read': (draft) =>
      first(draft.open(), (info) => {
        const key = draft.keyIn(info);
        draft.send({ key, n: 0 }, 'fail');
        draft.send({ key, n: 0 }, 'fail');
        draft.deliver(info.shard, recordOf(draft.fresh(), { key, n: 0 }));
        return true;
      }),
  }),
  ...mutations('read-from-the-future', {
    'a record is read by somebody before it is sent': (draft) => first(draft.plain(), (slot) => foresee(draft, slot)),
    'a record of a batch is read before it is sent': (draft) =>
      first(
        draft.plain(({ put }) => put.api === 'PutRecords'),
        (slot) => foresee(draft, slot),
      ),
    'the first record of a key is read before it is sent': (draft) =>
      first(
        draft.plain(({ n }) => n === 0),
        (slot) => foresee(draft, slot),
      ),
  }),
  ...mutations('seq-out-of-range', {
    'a shard starts above its first record': (draft) =>
      first(
        draft.shuffle(draft.last().filter(({ parents, seq }) => parents.length === 0 && seq[1] === null)),
        ({ shard }) => {
          const [low] = draft.log(shard);
          if (low === undefined) return false;
          for (const info of draft.infos(shard)) info.seq[0] = String(BigInt(low.seq) + 1n);
          return true;
        },
      ),
    'a shard ends below its last record': (draft) =>
      first(draft.closed(), ({ shard }) => {
        const high = draft.log(shard).at(-1);
        if (high === undefined) return false;
        for (const info of draft.infos(shard)) if (info.seq[1] !== null) info.seq[1] = String(BigInt(high.seq) - 1n);
        return BigInt(high.seq) - 1n >= BigInt(draft.infos(shard)[0]?.seq[0] ?? 0);
      }),
    'a closed shard ends below its start': {
      kind: 'declared',
      apply: (draft) =>
        first(draft.closed(), ({ shard, seq }) => {
          if (BigInt(seq[0]) === 0n) return false;
          for (const info of draft.infos(shard)) if (info.seq[1] !== null) info.seq[1] = String(BigInt(seq[0]) - 1n);
          return true;
        }),
    },
  }),
  ...mutations('response-misalignment', {
    'two answers of one call are exchanged': swapAcks((a, b) => a.result.shard === b.result.shard),
    'the answers of two keys are exchanged': swapAcks((a, b) => a.key !== b.key && a.result.shard === b.result.shard),
    'the answers of two records of one key are exchanged': swapAcks(
      (a, b) => a.key === b.key && a.result.shard === b.result.shard,
    ),
  }),
  ...mutations('arrival-regression', {
    'a record arrives an hour before it was sent': arrive(-3_600_000),
    'a record arrives an hour after it was answered': arrive(3_600_000),
    'arrival falls by two seconds between two records': (draft) => {
      const records = draft.log(draft.open()[0]?.shard ?? '');
      const [a, b] = records;
      if (a === undefined || b === undefined) return false;
      for (const { record } of draft.deliveries((r) => r.seq === a.seq)) record.arrival = startedAt + 900;
      for (const { record } of draft.deliveries((r) => r.seq === b.seq)) record.arrival = startedAt - 1200;
      return true;
    },
  }),
];

function arrive(by: number) {
  return (draft: Draft): boolean =>
    first(draft.plain(), (slot) => {
      for (const { record } of draft.readsOf(slot)) record.arrival = startedAt + by;
      return true;
    });
}

function collide(
  draft: Draft,
  info: { shard: string; range: [string, string]; seq: [string, string | null]; parents: string[] },
  isFresh: boolean,
): boolean {
  const top = draft.log(info.shard).at(-1)?.seq;
  const others = draft.open().filter(({ shard }) => shard !== info.shard);
  const [other] = others;
  if (other === undefined || top === undefined) return false;
  if (isFresh) {
    const seq = draft.store(info, { key: draft.keyIn(info), n: 0 });
    draft.store(other, { key: draft.keyIn(other), n: 0 }, seq);
    return true;
  }
  const taken = draft.log(other.shard).find(({ seq }) => BigInt(seq) > BigInt(top));
  if (taken === undefined) return false;
  draft.store(info, { key: draft.keyIn(info), n: 0 }, taken.seq);
  return true;
}

function foresee(draft: Draft, { put, result }: Slot): boolean {
  const record = draft.log(result.shard).find(({ seq }) => seq === result.seq);
  if (record === undefined || put.t === 0) return false;
  draft.wait(put, 5);
  draft.insert(
    {
      type: 'page',
      reader: 'seer',
      chain: 4000,
      shard: result.shard,
      t0: put.t - 5,
      from: { type: 'UNKNOWN' },
      records: [record],
      more: true,
    },
    put,
  );
  const seen = draft.pages('seer')[0];
  if (seen !== undefined) seen.t = put.t - 5;
  return true;
}
