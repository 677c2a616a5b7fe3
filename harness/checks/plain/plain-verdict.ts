import { compareLimbs } from '../../model/sequences.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import { conclude } from '../judge/conclude.ts';
import { rate } from '../judge/counts.ts';
import type { JudgeOptions } from '../judge/judge.ts';
import { closeOp, openEntry, openOp, placeEntry } from '../view/fold-put.ts';
import { addRead, chainOf, openPage } from '../view/fold-read.ts';
import { type View, viewOf } from '../view/view.ts';
import { tellWideKeys } from '../view/wide-keys.ts';
import { mustBe } from './not-plain.ts';
import type { PlainRun } from './plain-run.ts';
import { holdTopology } from './plain-topology.ts';
import type { Kept } from './sample.ts';
import type { ChainFront, ShardFront } from './shard-front.ts';

/**
 * The verdict on a history that was plain to its end. No check has anything to find; what the claims say beside that (why, not applicable, unknown) hangs on the head, the
 * topologies, the end, and on how flows were written, so the judge is asked about these with two records of one flow, and told the real counts.
 */
export const plainVerdict = (run: PlainRun, path: string, options: JudgeOptions): HistoryVerdict => {
  mustBe(run.isAtRest, 'a record that was not read, or not answered');
  const { read, pairs } = run.flows.counted(run.markers);
  mustBe(pairs > 0, 'no two records of one flow');
  for (const shard of run.shards) {
    mustBe(
      shard.chains.every(({ verified, count }) => verified === count),
      'a reader that is behind another one',
    );
  }
  mustBe(run.numbers.isAscending || run.numbers.isEncoded || areApart(run), 'numbers that two shards may share');
  const view = viewOfTwo(run);
  tellWideKeys(view, holdTopology(run, view));
  const verdict = conclude(view, path, options);
  mustBe(verdict.findings.length === 0, 'findings in its topology');
  return {
    ...verdict,
    counts: { ...verdict.counts, acked: run.acked, read },
    power: {
      orderedPairs: pairs,
      keysAcrossReshard: verdict.power['keysAcrossReshard'] ?? 0,
      inFlight: run.tables.inFlightMax,
      lossRate95: rate(run.acked),
      reorderRate95: rate(pairs),
    },
  };
};

/** No two shards have numbers in one range. */
const areApart = ({ shards }: PlainRun): boolean => {
  const met = [...shards].sort((a, b) => compareLimbs(a.min, 0, b.min, 0));
  return met.every(
    (shard, index) => index === 0 || compareLimbs((met[index - 1] as ShardFront).last, 0, shard.min, 0) < 0,
  );
};

/** The run's tables, with its sample in them as two serial puts that one reader read: what is said of flows is that of the run. */
const viewOfTwo = (run: PlainRun): View => {
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

const untold = { t0: Number.NaN, behind: Number.NaN, more: 0, isFailed: false };

const addReads = (run: PlainRun, shard: number): void => {
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
const addEnds = ({ tables, shards }: PlainRun): void => {
  for (const { id, chains } of shards) {
    for (const { reader, children, endedLine, lastT } of chains) {
      if (children === undefined) continue;
      const chain = chainOf(tables, 1, reader, id, undefined);
      const page = openPage(tables, chain, { line: endedLine, t: lastT, count: 0, ...untold });
      tables.pageChildren.set(page, children);
    }
  }
};

const addPut = (run: PlainRun, index: number, { flow, n, shard, limbs }: Kept): void => {
  const { tables } = run;
  const [line, t] = [2 * index + 1, 2 * index];
  const op = openOp(tables, { op: index, t, line, isBatch: false, isSentinel: false, count: 1 });
  const after =
    index > 0 && run.flows.hasAfter ? tables.sequences.push((run.readers.sample.kept[0] as Kept).limbs, 0) : -1;
  const entry = openEntry(tables, op, flow, n, after);
  const hash = run.hashKeys.of(tables.records.flowKey.at(flow));
  if (hash >= 0) tables.entryHash.set(entry, hash);
  const { first } = closeOp(tables, { op: index, t: t + 1, line: line + 1, results: 1 });
  placeEntry(tables, first, shard, tables.sequences.push(limbs, 0));
};
