import type { AnomalyId } from '../../model/anomaly.ts';
import type { ReaderRole } from '../../model/event.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import { closeOp, flowOf, openEntry, openOp, placeEntry, recordFor } from '../index/fold-put.ts';
import { addRead, chainOf, openPage } from '../index/fold-read.ts';
import { keyPlacesOf } from '../index/key-places.ts';
import { tellModes } from '../index/modes.ts';
import { keptOf, orderAmong } from '../index/order-kept.ts';
import { tellPartialFlows } from '../index/partial-flows.ts';
import { tellPromise } from '../index/promises.ts';
import type { Tables } from '../index/tables.ts';
import { type View, viewOf } from '../index/view.ts';
import { tellWideKeys, type WideKeys } from '../index/wide-keys.ts';
import { conclude } from '../judge/conclude.ts';
import { rate } from '../judge/counts.ts';
import type { JudgeOptions } from '../judge/options.ts';
import { mustBe } from './not-plain.ts';
import type { PlainFacts, SampleFlow } from './plain-facts.ts';
import { type CountedTwice } from './streaming-verdict.ts';
import { mayBeSetAside, needsWhole } from './what-streaming-proves.ts';

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
  const twice = plain.flatMap(({ aside }) => aside?.twice ?? []);
  const known = isAlone ? [addSample(tables, plain)] : twice;
  for (const part of plain) addEnds(tables, part);
  const partial = new Set(plain.flatMap((part) => partialOf(tables, part)));
  const view = viewOf(tables);
  tellPartialFlows(view, partial);
  if (plain.some(({ hasAfter }) => hasAfter)) tellPromise(view);
  tellModes(
    view,
    plain.flatMap(({ modes }) => modes),
  );
  tellWideKeys(view, [...(isAlone ? [] : wholeWide(view, partial)), ...plain.flatMap((part) => wideOf(tables, part))]);
  const unproved = needsWhole(view, options);
  mustBe(unproved === undefined, `the claim ${unproved}, which needs the whole history`);
  const verdict = conclude(view, path, options);
  const isAsked = verdict.counts.acked > 0 && (verdict.power['orderedPairs'] ?? 0) > 0;
  mustBe(
    verdict.claims.every(
      ({ anomaly, found }) => found === 0 || mayStand(verdict, anomaly, isAlone || twice.length > 0),
    ),
    'findings in its topology',
  );
  mustBe(isAsked, 'no two records of one flow, or none that was acknowledged');
  const order = orderAmong(view, (flow) => !isAlone && !partial.has(flow));
  return withCounts({ ...verdict, order }, plain, known);
};

/**
 * What shards declare is the same in every part; a range that nobody holds may have records in any. `isThin`: not all
 * lines of the parts that are not plain stand in the view.
 */
const mayStand = ({ findings }: HistoryVerdict, id: AnomalyId, isThin: boolean): boolean => {
  if (mayBeSetAside(id)) return true;
  if (id === 'seq-out-of-range')
    return !isThin || findings.every(({ anomaly, kind }) => anomaly !== id || kind === 'declared');
  return !isThin && !ofTopology.has(id);
};

const ofTopology: ReadonlySet<AnomalyId> = new Set([
  'hash-hole',
  'hash-overlap',
  'bad-parentage',
  'open-parent',
  'topology-mutation',
]);

/** What stands in the view of plain parts is counted with these. */
const withCounts = (
  verdict: HistoryVerdict,
  plain: readonly PlainFacts[],
  known: readonly CountedTwice[],
): HistoryVerdict => {
  const total = (of: readonly CountedTwice[], field: keyof CountedTwice): number =>
    of.reduce((sum, one) => sum + one[field], 0);
  const sum = (field: keyof CountedTwice): number => total(plain, field) - total(known, field);
  const { counts, order, power } = verdict;
  const acked = counts.acked + sum('acked');
  const pairs = order.pairs + total(plain, 'pairs');
  const flows = plain.reduce((all, part) => all + part.flows, order.flows);
  const orderedPairs = (power['orderedPairs'] ?? 0) + sum('pairs');
  return {
    ...verdict,
    counts: { ...counts, acked, read: counts.read + sum('read') },
    order: { ...order, kept: keptOf(pairs, order.inversions), flows, pairs },
    power: { ...power, orderedPairs, lossRate95: rate(acked), reorderRate95: rate(orderedPairs) },
  };
};

/** Flows of which single records stand in the view; their modes are those of the whole. */
const partialOf = (tables: Tables, { aside }: PlainFacts): readonly number[] =>
  (aside?.single ?? []).map(({ producer, key, mode }) => {
    const flow = flowOf(tables, tables.records.producers.id(producer), tables.records.keys.id(key));
    tables.flowMode.set(flow, mode);
    return flow;
  });

/** Keys of which all records stand in the view. */
const wholeWide = (view: View, partial: ReadonlySet<number>): readonly WideKeys[] => {
  const { wide, ofKey, shard } = keyPlacesOf(view);
  const { flowKey } = view.tables.records;
  const known = new Set([...partial].map((flow) => flowKey.at(flow)));
  return wide
    .filter((key) => !known.has(key))
    .map((key) => ({ shards: new Set(ofKey(key).map((row) => shard.at(row))), keys: 1 }));
};

const rolesByRank = ['final', 'live', 'subject'] as const;

/** Order is counted by the same readers everywhere: in the plain parts, in the view of the others, and in the whole. */
const holdCounted = ({ pageCount, pageChain, chains, roles }: Tables, plain: readonly PlainFacts[]): void => {
  const own = new Set<ReaderRole>();
  for (let page = 0; page < pageCount.length; page += 1)
    if (pageCount.at(page) > 0) own.add(roles.get(chains[pageChain.at(page)]?.reader ?? -1) ?? 'live');
  const met = [rolesByRank.find((role) => own.has(role)), ...plain.map(({ counted }) => counted ?? undefined)];
  mustBe(new Set(met.filter((role) => role !== undefined)).size < 2, 'a record that only readers of another role read');
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
const addSample = (tables: Tables, plain: readonly PlainFacts[]): CountedTwice => {
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
  return { acked: 2, read: 2, pairs: 1 };
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
