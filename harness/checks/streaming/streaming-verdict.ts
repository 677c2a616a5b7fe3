import { compareLimbs } from '../../model/sequences.ts';
import type { Finding, HistoryVerdict } from '../../model/verdict.ts';
import { closeOp, openEntry, openOp, placeEntry, recordFor } from '../index/fold-put.ts';
import { addRead, chainOf, openPage } from '../index/fold-read.ts';
import { keyPlacesOf } from '../index/key-places.ts';
import { keptOf, orderAmong } from '../index/order-kept.ts';
import { tellPartialFlows } from '../index/partial-flows.ts';
import { tellPromise } from '../index/promises.ts';
import { type View, viewOf } from '../index/view.ts';
import { tellWideKeys, type WideKeys } from '../index/wide-keys.ts';
import { conclude } from '../judge/conclude.ts';
import { rate } from '../judge/counts.ts';
import type { JudgeOptions } from '../judge/options.ts';
import { holdReaders } from './hold-readers.ts';
import { holdTopology } from './hold-topology.ts';
import { mustBe } from './not-plain.ts';
import type { Kept } from './sample.ts';
import type { ChainFront, ShardFront } from './shard-front.ts';
import type { StreamingRun } from './streaming-run.ts';
import { mayBeSetAside, needsWhole } from './what-streaming-proves.ts';

/**
 * The verdict on a history that was plain to its end, but for what was set aside and looked at again (`SecondLook`).
 * No check has anything to find in the rest; what the claims say beside that (why, not applicable, unknown) hangs on
 * the head, the topologies, the end, and on how flows were written, so the judge is asked about these with what was
 * set aside, or with two records of one flow, and told the real counts.
 */
export const streamingVerdict = (run: StreamingRun, path: string, options: JudgeOptions): HistoryVerdict => {
  const { acked, read, pairs, flows } = run.flows.counted(run.markers);
  mustBe(pairs > 0 || !run.aside.isEmpty, 'no two records of one flow');
  holdReaders(run);
  mustBe(run.numbers.isAscending || run.numbers.isEncoded || areApart(run), 'numbers that two shards may share');
  const view = run.aside.isEmpty ? viewOfTwo(run) : viewOfAside(run);
  tellWideKeys(view, [...holdTopology(run, view), ...wideAside(run, view)]);
  const unproved = needsWhole(view, options);
  mustBe(unproved === undefined, `the claim ${unproved}, which needs the whole history`);
  const verdict = conclude(view, path, options);
  mustBe(
    verdict.findings.every((finding) => isWhole(run, finding)),
    'findings in its topology',
  );
  // Claims say nothing where there are none of these: they were asked about what stands in the view.
  const isAsked = verdict.counts.acked > 0 && (verdict.power['orderedPairs'] ?? 0) > 0;
  mustBe(isAsked, 'no two records of one flow, or none that was acknowledged');
  // What stands in the view of flows that are plain is counted with these.
  const known = run.aside.isEmpty ? { acked: 2, read: 2, pairs: 1 } : countedTwice(run);
  const counts = {
    ...verdict.counts,
    acked: verdict.counts.acked - known.acked + acked,
    read: verdict.counts.read - known.read + read,
  };
  // Flows that are plain are in order; the others stand whole in the view.
  const aside = orderAmong(view, (flow) => run.flows.isAside(flow));
  const order = {
    ...aside,
    kept: keptOf(aside.pairs + pairs, aside.inversions),
    flows: aside.flows + flows,
    pairs: aside.pairs + pairs,
  };
  const orderedPairs = (verdict.power['orderedPairs'] ?? 0) - known.pairs + pairs;
  return {
    ...verdict,
    counts,
    order,
    power: { ...verdict.power, orderedPairs, lossRate95: rate(counts.acked), reorderRate95: rate(orderedPairs) },
  };
};

/** Is all there that the finding is about? What a shard declares of itself asks for no record. */
const isWhole = ({ aside }: StreamingRun, { anomaly, kind }: Finding): boolean =>
  anomaly === 'seq-out-of-range' ? kind === 'declared' : !aside.isEmpty && mayBeSetAside(anomaly);

export type CountedTwice = { acked: number; read: number; pairs: number };

/** Single records stand in the view, and are counted with their flows. */
export const countedTwice = ({ aside, flows, markers }: StreamingRun): CountedTwice => {
  const counted = { acked: 0, read: 0, pairs: 0 };
  for (const [flow, numbers] of aside.single()) {
    if (markers.has(flow)) continue;
    const read = [...numbers].filter((n) => flows.isRead(flow, n)).length;
    counted.acked += numbers.size;
    counted.read += read;
    counted.pairs += Math.max(0, read - 1);
  }
  return counted;
};

/** Keys in several shards, of those that were set aside. */
const wideAside = ({ aside }: StreamingRun, view: View): readonly WideKeys[] => {
  if (aside.isEmpty) return [];
  const { wide, ofKey, shard } = keyPlacesOf(view);
  return wide
    .filter((key) => aside.hasKey(key))
    .map((key) => ({ shards: new Set(ofKey(key).map((row) => shard.at(row))), keys: 1 }));
};

/** No two shards have numbers in one range. */
const areApart = ({ shards }: StreamingRun): boolean => {
  const met = [...shards].sort((a, b) => compareLimbs(a.min, 0, b.min, 0));
  return met.every(
    (shard, index) => index === 0 || compareLimbs((met[index - 1] as ShardFront).last, 0, shard.min, 0) < 0,
  );
};

/**
 * The run's tables, with its sample in them as two serial puts that one reader read: what is said of flows is that of
 * the run.
 */
const viewOfTwo = (run: StreamingRun): View => {
  const { tables } = run;
  const { kept } = run.readers.sample;
  // They were held to what was sent: no digest has anything to add.
  tables.digest.setNone();
  for (const [index, one] of kept.entries()) addPut(run, index, one);
  for (const shard of new Set(kept.map((one) => one.shard))) addReads(run, shard);
  run.flows.writeModes(tables, run.markers);
  addEnds(run);
  return viewOf(tables);
};

/** The run's tables, with what the second look laid down in them. */
const viewOfAside = (run: StreamingRun): View => {
  const { tables, flows, aside } = run;
  flows.writeModes(tables, run.markers);
  addEnds(run);
  const view = viewOf(tables);
  // That a SequenceNumberForOrdering was sent is said of the whole, whatever was set aside.
  if (flows.hasAfter) tellPromise(view);
  tellPartialFlows(view, new Set([...aside.single()].map(([flow]) => flow)));
  return view;
};

const untold = { t0: Number.NaN, behind: Number.NaN, more: 0, isFailed: false };

const addReads = (run: StreamingRun, shard: number): void => {
  const { tables } = run;
  const kept = run.readers.sample.kept.filter((one) => one.shard === shard);
  const chain = chainOf(tables, 0, (run.shard(shard).chains[0] as ChainFront).reader, shard, undefined);
  const page = openPage(tables, chain, { line: 5, t: 5, count: kept.length, ...untold });
  for (const { flow, n, limbs } of kept) {
    addRead(tables, page, tables.records.recordOf(flow, n), limbs, 0);
    tables.readArrival.push(Number.NaN);
  }
};

/** Pages that named the children of their shards, without a record in them. */
export const addEnds = ({ tables, shards }: StreamingRun): void => {
  for (const { id, chains } of shards) {
    for (const { reader, children, endedLine, lastT } of chains) {
      if (children === undefined) continue;
      const chain = chainOf(tables, 1, reader, id, undefined);
      const page = openPage(tables, chain, { line: endedLine, t: lastT, count: 0, ...untold });
      tables.pageChildren.set(page, children);
    }
  }
};

const addPut = (run: StreamingRun, index: number, { flow, n, shard, limbs }: Kept): void => {
  const { tables } = run;
  const [line, t] = [2 * index + 1, 2 * index];
  const op = openOp(tables, { op: index, t, line, isBatch: false, isSentinel: false, count: 1 });
  const after =
    index > 0 && run.flows.hasAfter ? tables.sequences.push((run.readers.sample.kept[0] as Kept).limbs, 0) : -1;
  const entry = openEntry(tables, op, flow, recordFor(tables, op, flow, n), after);
  const hash = run.hashKeys.of(tables.records.flowKey.at(flow));
  if (hash >= 0) tables.entryHash.set(entry, hash);
  const { first } = closeOp(tables, { op: index, t: t + 1, line: line + 1, results: 1 });
  placeEntry(tables, first, shard, tables.sequences.push(limbs, 0));
};
