import type { AnomalyId } from '../../model/anomaly.ts';
import type { ReaderRole } from '../../model/event.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import { closeOp, flowOf, openEntry, openOp, placeEntry, recordFor } from '../index/fold-put.ts';
import { addRead, chainOf, openPage } from '../index/fold-read.ts';
import { tellModes } from '../index/modes.ts';
import { keptOf } from '../index/order-kept.ts';
import { tellPromise } from '../index/promises.ts';
import type { Tables } from '../index/tables.ts';
import { viewOf } from '../index/view.ts';
import { tellWideKeys, type WideKeys, wideKeysOf } from '../index/wide-keys.ts';
import { conclude } from '../judge/conclude.ts';
import { rate } from '../judge/counts.ts';
import type { JudgeOptions } from '../judge/options.ts';
import { mustBe } from './not-plain.ts';
import type { PlainFacts, SampleFlow } from './plain-facts.ts';
import { needsWhole } from './what-streaming-proves.ts';

export type Beside = {
  readonly path: string;
  readonly numbers: 'apart' | 'ascending' | 'unknown';
  readonly options: JudgeOptions;
};

/**
 * The verdict on what stands in the tables, with parts beside it that are plain and stand there by what is common to
 * all lines alone. Throws NotPlain where that does not say it all.
 */
export const verdictWithPlain = (
  tables: Tables,
  plain: readonly PlainFacts[],
  { path, numbers, options }: Beside,
): HistoryVerdict => {
  const isAlone = tables.entryOp.length === 0 && tables.readPage.length === 0 && tables.pageLine.length === 0;
  mustBe(numbers === 'apart' || (isAlone && numbers === 'ascending'), 'numbers that two shards may share');
  mustBe(new Set(plain.flatMap(({ isHashed }) => isHashed ?? [])).size < 2, 'ExplicitHashKeys in some parts alone');
  holdCounted(tables, plain);
  const known = isAlone ? addSample(tables, plain) : none;
  for (const part of plain) addEnds(tables, part);
  const view = viewOf(tables);
  if (plain.some(({ hasAfter }) => hasAfter)) tellPromise(view);
  tellModes(
    view,
    plain.flatMap(({ modes }) => modes),
  );
  tellWideKeys(view, [...(isAlone ? [] : wideKeysOf(view)), ...plain.flatMap((part) => wideOf(tables, part))]);
  const unproved = needsWhole(view, options);
  mustBe(unproved === undefined, `the claim ${unproved}, which needs the whole history`);
  const verdict = conclude(view, path, options);
  const isAsked = verdict.counts.acked > 0 && (verdict.power['orderedPairs'] ?? 0) > 0;
  mustBe(
    verdict.claims.every(({ anomaly, found }) => found === 0 || mayStand(verdict, anomaly, isAlone)),
    'findings in its topology',
  );
  mustBe(isAsked, 'no two records of one flow, or none that was acknowledged');
  return withCounts(verdict, plain, known);
};

/** What shards declare is the same in every part; a range that nobody holds may have records in any. */
const mayStand = ({ findings }: HistoryVerdict, id: AnomalyId, isAlone: boolean): boolean => {
  if (id === 'seq-out-of-range')
    return !isAlone || findings.every(({ anomaly, kind }) => anomaly !== id || kind === 'declared');
  return !isAlone && !ofTopology.has(id);
};

const ofTopology: ReadonlySet<AnomalyId> = new Set([
  'hash-hole',
  'hash-overlap',
  'bad-parentage',
  'open-parent',
  'topology-mutation',
]);

type Counted = { readonly acked: number; readonly read: number; readonly pairs: number; readonly flows: number };
const none: Counted = { acked: 0, read: 0, pairs: 0, flows: 0 };

/** What stands in the view of plain parts is counted with these. */
const withCounts = (verdict: HistoryVerdict, plain: readonly PlainFacts[], known: Counted): HistoryVerdict => {
  const sum = (field: keyof Counted): number => plain.reduce((total, part) => total + part[field], 0) - known[field];
  const { counts, order, power } = verdict;
  const acked = counts.acked + sum('acked');
  const pairs = order.pairs + sum('pairs');
  const orderedPairs = (power['orderedPairs'] ?? 0) + sum('pairs');
  return {
    ...verdict,
    counts: { ...counts, acked, read: counts.read + sum('read') },
    order: { ...order, kept: keptOf(pairs, order.inversions), flows: order.flows + sum('flows'), pairs },
    power: { ...power, orderedPairs, lossRate95: rate(acked), reorderRate95: rate(orderedPairs) },
  };
};

const rolesByRank = ['final', 'live', 'subject'] as const;

/** Order is counted by the same readers everywhere. */
const holdCounted = ({ pageCount, pageChain, chains, roles }: Tables, plain: readonly PlainFacts[]): void => {
  const met = new Set<ReaderRole>(plain.flatMap(({ counted }) => counted ?? []));
  for (let page = 0; page < pageCount.length; page += 1)
    if (pageCount.at(page) > 0) met.add(roles.get(chains[pageChain.at(page)]?.reader ?? -1) ?? 'live');
  const counted = rolesByRank.find((role) => met.has(role));
  mustBe(
    plain.every((part) => part.counted === null || part.counted === counted),
    'a record that only readers of another role read',
  );
};

const wideOf = ({ shards }: Tables, { wide }: PlainFacts): readonly WideKeys[] =>
  wide.map(({ shards: names, keys }) => ({ shards: new Set(names.map((name) => shards.id(name))), keys }));

const untold = { t0: Number.NaN, behind: Number.NaN, more: 0, isFailed: false };

/** Pages that named the children of their shards, without a record in them. */
const addEnds = (tables: Tables, { ends }: PlainFacts): void => {
  for (const { shard, reader, children, line, t } of ends) {
    const chain = chainOf(tables, 1, tables.readers.id(reader), tables.shards.id(shard), undefined);
    tables.pageChildren.set(openPage(tables, chain, { line, t, count: 0, ...untold }), children);
  }
};

/** Two records of a plain flow, as two serial puts that one reader read: claims that need two are asked about them. */
const addSample = (tables: Tables, plain: readonly PlainFacts[]): Counted => {
  const sample = plain.find((part) => part.sample !== null)?.sample ?? undefined;
  mustBe(sample !== undefined, 'no two records of one flow');
  const { inFlightMax } = tables;
  const hasAfter = plain.some((part) => part.hasAfter);
  const flow = flowOf(tables, tables.records.producers.id(sample.producer), tables.records.keys.id(sample.key));
  tables.digest.setNone();
  for (const index of sample.records.keys()) addPut(tables, flow, sample, { index, hasAfter });
  for (const shard of new Set(sample.records.map((one) => one.shard))) addReads(tables, flow, sample, shard);
  // How its flow was written is said by its part.
  tables.flowPuts.set(flow, 0);
  tables.flowMode.set(flow, sample.mode);
  tables.inFlightMax = inFlightMax;
  return { acked: 2, read: 2, pairs: 1, flows: 1 };
};

type At = { readonly index: number; readonly hasAfter: boolean };

const addPut = (tables: Tables, flow: number, { records, hash }: SampleFlow, { index, hasAfter }: At): void => {
  const { n, shard, seq } = records[index] as (typeof records)[number];
  const [line, t] = [2 * index + 1, 2 * index];
  const op = openOp(tables, { op: index, t, line, isBatch: false, isSentinel: false, count: 1 });
  const after = index > 0 && hasAfter ? numberOf(tables, (records[0] as (typeof records)[number]).seq) : -1;
  const entry = openEntry(tables, op, flow, recordFor(tables, op, flow, n), after);
  if (hash !== undefined) tables.entryHash.set(entry, tables.hashes.id(hash));
  const { first } = closeOp(tables, { op: index, t: t + 1, line: line + 1, results: 1 });
  placeEntry(tables, first, tables.shards.id(shard), numberOf(tables, seq));
};

const addReads = (tables: Tables, flow: number, { records }: SampleFlow, shard: string): void => {
  const own = records.filter((one) => one.shard === shard);
  const reader = tables.readers.id((own[0] as (typeof own)[number]).reader);
  const chain = chainOf(tables, 0, reader, tables.shards.id(shard), undefined);
  const page = openPage(tables, chain, { line: 5, t: 5, count: own.length, ...untold });
  for (const { n, seq } of own) {
    tables.sequence.read(seq);
    addRead(tables, page, tables.records.recordOf(flow, n), tables.sequence.limbs, 0);
    tables.readArrival.push(Number.NaN);
  }
};

/** Into `sequences`. */
const numberOf = (tables: Tables, seq: string): number => {
  tables.sequence.read(seq);
  return tables.sequences.push(tables.sequence.limbs, 0);
};
