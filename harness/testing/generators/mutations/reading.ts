import type { Draft, Page, Rec } from './draft.ts';
import { first, mutations } from './mutation.ts';

/** Mutations of section B, and of the views of readers: what a page holds, and how a chain goes on. */
const readers = ['live', 'final', 'copy'] as const;
type Reader = (typeof readers)[number];

const swapIn = (reader: Reader) => (draft: Draft) =>
  first(draft.shuffle(draft.pages(reader)), ({ records = [], from }) => {
    // The first record of an iterator is another claim.
    const least = from === undefined ? 0 : 1;
    if (records.length < least + 2) return false;
    const at = draft.random.int(least, records.length - 2);
    const [a, b] = [records[at], records[at + 1]];
    if (a === undefined || b === undefined) return false;
    records.splice(at, 2, b, a);
    return true;
  });
const neighbours = (draft: Draft, reader: Reader): (readonly [Page, Page])[] =>
  draft.shuffle(
    draft.pages(reader).flatMap((a) => {
      const b = draft.pages(reader, a.shard).find((page) => draft.at(page) > draft.at(a) && page.chain === a.chain);
      return b !== undefined && (a.records ?? []).length > 0 && (b.records ?? []).length > 0 ? [[a, b] as const] : [];
    }),
  );
const isKnownBefore = (draft: Draft, page: Page, records: readonly Rec[]): boolean =>
  records.every(
    (r) =>
      draft
        .of('ack')
        .some(
          (ack) => draft.at(ack) < draft.at(page) && (ack.results ?? []).some((x) => 'seq' in x && x.seq === r.seq),
        ) || draft.deliveries((o) => o.seq === r.seq).some((d) => draft.at(d.page) < draft.at(page)),
  );
const swapPages = (reader: Reader) => (draft: Draft) =>
  first(neighbours(draft, reader), ([a, b]) => {
    // A first page would violate the claim about its iterator, too.
    if (a.from !== undefined || !draft.readable(b.records ?? [], a)) return false;
    [a.records, b.records] = [b.records ?? [], a.records ?? []];
    return true;
  });
const again = (reader: Reader) => (draft: Draft) =>
  first(neighbours(draft, reader), ([a, b]) => {
    const last = a.records?.at(-1);
    if (last === undefined) return false;
    b.records = [{ ...last }, ...(b.records ?? [])];
    return true;
  });
const skip =
  (reader: Reader, count = 1) =>
  (draft: Draft) =>
    first(draft.shuffle(draft.pages(reader).filter(({ records }) => (records ?? []).length > count + 1)), (page) => {
      const records = page.records ?? [];
      const gone = records.slice(1, 1 + count);
      if (
        !isKnownBefore(draft, page, gone) ||
        !gone.every(
          (r) =>
            draft.deliveries((o, p) => o.seq === r.seq && p.shard === page.shard && p.reader !== reader).length > 0,
        )
      )
        return false;
      const asked = page.t0 ?? page.t;
      if (
        !gone.every((r) =>
          draft
            .of('ack')
            .some((ack) => ack.t < asked && (ack.results ?? []).some((x) => 'seq' in x && x.seq === r.seq)),
        )
      )
        return false;
      records.splice(1, count);
      return true;
    });
const begin =
  (from: (log: readonly Rec[], draft: Draft) => { from: Page['from']; records: readonly Rec[] } | undefined) =>
  (draft: Draft) =>
    first(draft.shuffle(draft.last().filter(({ shard }) => draft.log(shard).length > 3)), ({ shard }) => {
      const start = from(draft.log(shard), draft);
      if (start === undefined) return false;
      draft.look('other', shard, start.records, start.from);
      return true;
    });
const stamp = (draft: Draft, shard: string, at: number): void => {
  const [head] = draft.of('head');
  if (head !== undefined) delete head.startedAt;
  draft
    .pages('final', shard)
    .flatMap(({ records }) => records ?? [])
    .forEach((record, index) => {
      for (const d of draft.deliveries((r, page) => r.seq === record.seq && page.shard === shard))
        d.record.arrival = at + index;
    });
};

/** A record that becomes known only after a reader has skipped its place. */
const lateKnown = (reader: string) => (draft: Draft) =>
  first(draft.shuffle(draft.last().filter(({ shard }) => draft.log(shard).length > 2)), ({ shard }) => {
    const log = draft.log(shard);
    const [a, b, c] = log;
    const before = draft.topologies()[0];
    if (a === undefined || b === undefined || c === undefined || before === undefined) return false;
    draft.look(reader, shard, [a, c], { type: 'TRIM_HORIZON', t0: 0, t: 0 }, { t0: 0 });
    return true;
  });

const endShard = (reader: string, isCut: boolean) => (draft: Draft) =>
  first(draft.open(), ({ shard }) => {
    const log = draft.log(shard);
    if (log.length < 3) return false;
    draft.look(reader, shard, isCut ? log.slice(0, -1) : log, { type: 'TRIM_HORIZON' }, { more: false });
    draft.insert(structuredClone(draft.topologies().at(-1)) ?? { type: 'note', text: '' });
    const told = draft.topologies().at(-1);
    if (told !== undefined) told.t = draft.of('end')[0]?.t ?? 0;
    return true;
  });
const stuck = (reader: string, pages: number) => (draft: Draft) =>
  first(draft.closed(), ({ shard }) => {
    const log = draft.log(shard);
    if (log.length === 0) return false;
    draft.look(reader, shard, log, { type: 'TRIM_HORIZON' });
    const last = draft.of('page').at(-1);
    for (let count = 0; count < pages; count += 1) {
      const end = draft.of('end')[0];
      if (end === undefined || last === undefined) return false;
      draft.wait(end, 6_000_000);
      draft.insert({ type: 'page', reader, chain: last.chain, shard, t0: end.t, records: [], behind: 0, more: true });
    }
    return true;
  });
const tip = (after: number, gap: number) => (draft: Draft) =>
  first(draft.shuffle(draft.last().filter(({ shard }) => draft.log(shard).length > after + 1)), ({ shard }) => {
    const end = draft.of('end')[0];
    const log = draft.log(shard);
    if (end === undefined || !log.slice(after).some((r) => draft.isAcked(r))) return false;
    draft.wait(end, gap);
    draft.look('other', shard, log.slice(0, after), { type: 'TRIM_HORIZON' }, { behind: 0 });
    const last = draft.of('page').at(-1);
    draft.insert({
      type: 'page',
      reader: 'other',
      chain: last?.chain ?? 0,
      shard,
      t0: end.t,
      records: log.slice(after),
      behind: 0,
      more: true,
    });
    return true;
  });
const session = (missing: number) => (draft: Draft) =>
  first(
    draft.shuffle(draft.last().filter(({ shard, seq }) => seq[1] !== null && draft.log(shard).length > missing + 1)),
    ({ shard }) => {
      const log = draft.log(shard);
      draft.look('other', shard, log, { type: 'TRIM_HORIZON' });
      draft.look('other', shard, log.slice(0, -missing), { type: 'TRIM_HORIZON' }, { more: false });
      return true;
    },
  );
/** The child is read first, then the parent. */
const childFirst = (reader: string, count: number) => (draft: Draft) => {
  const keyed = draft.closed().flatMap((parent) => draft.childrenOf(parent.shard).map((child) => ({ parent, child })));
  return first(draft.shuffle(keyed), ({ parent, child }) => {
    const [below, above] = [draft.log(parent.shard), draft.log(child.shard)];
    const key = above.find((r) => below.some((o) => o.key === r.key))?.key;
    if (key === undefined) return false;
    draft.insert({ type: 'reader', reader, role: 'subject' });
    const from = { type: 'TRIM_HORIZON' } as const;
    const until = above.findIndex((r) => r.key === key) + 1;
    draft.look(reader, child.shard, above.slice(0, Math.max(until, count)), from);
    draft.look(reader, parent.shard, below, from);
    return true;
  });
};

export const readingMutations = [
  ...mutations(
    'int-nonmonotonic-poll',
    Object.fromEntries(
      readers.map((reader) => [`two neighbours of a page of the ${reader} reader change places`, swapIn(reader)]),
    ),
  ),
  ...mutations(
    'nonmonotonic-poll',
    Object.fromEntries(readers.map((reader) => [`two pages of the ${reader} reader change places`, swapPages(reader)])),
  ),
  ...mutations(
    're-delivery',
    Object.fromEntries(
      readers.map((reader) => [`a page of the ${reader} reader begins with the last record again`, again(reader)]),
    ),
  ),
  ...mutations('poll-skip', {
    ...Object.fromEntries(readers.map((reader) => [`the ${reader} reader is not given one record`, skip(reader)])),
    'the second reading is not given two records': skip('copy', 2),
  }),
  ...mutations('resumable-broken', {
    'AFTER delivers its own number': begin((log) => ({
      from: { type: 'AFTER_SEQUENCE_NUMBER', seq: log[1]?.seq ?? '0' },
      records: log.slice(1),
    })),
    'AFTER leaves out the next': begin((log) => ({
      from: { type: 'AFTER_SEQUENCE_NUMBER', seq: log[0]?.seq ?? '0' },
      records: log.slice(2),
    })),
    'AT leaves out its own number': begin((log) => ({
      from: { type: 'AT_SEQUENCE_NUMBER', seq: log[1]?.seq ?? '0' },
      records: log.slice(2),
    })),
    'TRIM_HORIZON leaves out the first': begin((log) => ({ from: { type: 'TRIM_HORIZON' }, records: log.slice(1) })),
    'LATEST delivers what was acknowledged before': begin((log, draft) => {
      const records = log.filter((r) => draft.isAcked(r)).slice(-2);
      return records.length === 0 ? undefined : { from: { type: 'LATEST' }, records };
    }),
    'AT_TIMESTAMP delivers what arrived before': (draft) =>
      first(draft.shuffle(draft.last().filter(({ shard }) => draft.log(shard).length > 3)), ({ shard }) => {
        stamp(draft, shard, 5000);
        draft.look('other', shard, draft.log(shard), { type: 'AT_TIMESTAMP', at: 5002 });
        return true;
      }),
  }),
  ...mutations('reader-divergence', {
    'the second pass of a reader lacks a record that became known later': (draft) => passes(draft, 'final', 1),
    'the second pass of a live reader lacks it': (draft) => passes(draft, 'live', 1),
    'the second pass of the copying reader lacks it': (draft) => passes(draft, 'copy', 1),
  }),
  ...mutations('bookmark-broken', {
    'at the tip before the first record': tip(0, 6_000_000),
    'at the tip after one record': tip(1, 6_000_000),
    'at the tip after two, a minute late': tip(2, 60_000_000),
  }),
  ...mutations('premature-shard-end', {
    'the end of an open shard is told': endShard('other', false),
    'the end is told one record early': endShard('other', true),
    'the end of a closed shard is told one record early': (draft) => cutClosed(draft, 1),
  }),
  ...mutations('stuck-shard-end', {
    'one page more of a closed shard, six seconds late': stuck('other', 1),
    'three pages more': stuck('other', 3),
    'ten pages more': stuck('other', 10),
  }),
  ...mutations('nonmonotonic-session', {
    'the second time, the last record is missing': {
      beside: ['premature-shard-end', 'reader-divergence'],
      apply: session(1),
    },
    'the second time, two are missing': { beside: ['premature-shard-end', 'reader-divergence'], apply: session(2) },
    'the second time, three are missing': { beside: ['premature-shard-end', 'reader-divergence'], apply: session(3) },
  }),
  ...mutations('lost-in-view', {
    'a reader passed a place before it was known': lateKnown('other'),
    'a second live reader passed it': lateKnown('live2'),
    'a second final reader passed it': lateKnown('final2'),
  }),
  ...mutations('child-before-parent', {
    'a child is read before its parent': childFirst('sub2', 1),
    'two records of the child first': childFirst('sub2', 2),
    'most of the child first': childFirst('sub2', 50),
  }),
];

function cutClosed(draft: Draft, count: number): boolean {
  return first(draft.closed(), ({ shard }) => {
    const log = draft.log(shard);
    if (log.length <= count) return false;
    draft.look('other', shard, log.slice(0, -count), { type: 'TRIM_HORIZON' }, { more: false });
    return true;
  });
}
function passes(draft: Draft, reader: string, at: number): boolean {
  return first(
    draft.shuffle(
      draft.last().filter(({ shard }) => draft.log(shard).length > at + 1 && draft.pages(reader, shard).length > 0),
    ),
    ({ shard }) => {
      const log = draft.log(shard);
      draft.look(
        reader,
        shard,
        log.filter((_, index) => index !== at).slice(0, at + 1),
        { type: 'TRIM_HORIZON', t0: 0, t: 0 },
        { t0: 0 },
      );
      return true;
    },
  );
}
