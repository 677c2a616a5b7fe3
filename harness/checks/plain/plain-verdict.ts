import { holdsKey } from '../../model/hash-key.ts';
import { compareSequence } from '../../model/sequence-number.ts';
import { compareLimbs, textOfLimbs } from '../../model/sequences.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import { conclude } from '../judge/conclude.ts';
import { rate } from '../judge/counts.ts';
import type { JudgeOptions } from '../judge/judge.ts';
import { closeOp, openEntry, openOp, placeEntry } from '../view/fold-put.ts';
import { addRead, chainOf, openPage } from '../view/fold-read.ts';
import { readLineage } from '../view/lineage.ts';
import { type View, viewOf } from '../view/view.ts';
import { mustBe } from './not-plain.ts';
import type { PlainRun } from './plain-run.ts';
import type { Kept } from './sample.ts';

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
  holdTopology(run);
  const verdict = conclude(viewOfTwo(run), path, options);
  mustBe(verdict.findings.length === 0, 'findings in its topology');
  return {
    ...verdict,
    counts: { ...verdict.counts, acked: run.acked, read },
    power: {
      orderedPairs: pairs,
      keysAcrossReshard: 0,
      inFlight: run.tables.inFlightMax,
      lossRate95: rate(run.acked),
      reorderRate95: rate(pairs),
    },
  };
};

/** No two shards have numbers in one range. */
const areApart = ({ shards }: PlainRun): boolean => {
  const met = shards.filter(({ count }) => count > 0).sort((a, b) => compareLimbs(a.min, 0, b.min, 0));
  return met.every((shard, index) => index === 0 || compareLimbs((met[index - 1] ?? shard).last, 0, shard.min, 0) < 0);
};

/** Keys lie where MD5 leads them, and numbers above those at which their shards start. */
const holdTopology = (run: PlainRun): void => {
  const { tables } = run;
  const keyShard = run.flows.shardsOfKeys(tables, run.markers);
  const lineage = readLineage(tables);
  for (const shard of run.shards) {
    const starting = lineage.shards[shard.id]?.starting;
    if (starting === undefined || shard.count === 0) continue;
    mustBe(compareSequence(textOfLimbs(shard.min, 0), starting) >= 0, 'a number outside the range of its shard');
  }
  const holds = lineage.shards.map(({ range }) => (range === undefined ? () => true : holdsKey(range)));
  for (const [key, shard] of keyShard.entries()) {
    const isThere = holds[shard]?.(tables.records.keys.name(key)) ?? true;
    mustBe(isThere, 'a key in a shard to which it does not lead');
  }
};

/** The run's tables, with its sample in them as two serial puts that one reader read: what is said of flows is that of the run. */
const viewOfTwo = (run: PlainRun): View => {
  const { tables } = run;
  const { kept } = run.readers.sample;
  const flow = kept[0]?.flow ?? 0;
  for (const [index, one] of kept.entries()) addPut(run, index, one);
  const shard = kept[0]?.shard ?? 0;
  const reader = run.shard(shard).chains[0]?.reader ?? 0;
  const chain = chainOf(tables, 0, reader, shard, { type: 'TRIM_HORIZON' });
  const untold = { t0: Number.NaN, behind: Number.NaN, more: 0, isFailed: false };
  const page = openPage(tables, chain, { line: 5, t: 5, count: kept.length, ...untold });
  for (const { n, limbs, digest } of kept) {
    takeDigest(run, digest);
    addRead(tables, page, tables.records.recordOf(flow, n), limbs, 0);
    tables.readArrival.push(Number.NaN);
  }
  run.flows.writeModes(tables, run.markers);
  return viewOf(tables);
};

const addPut = (run: PlainRun, index: number, { flow, n, shard, limbs, digest }: Kept): void => {
  const { tables } = run;
  const [line, t] = [2 * index + 1, 2 * index];
  const op = openOp(tables, { op: index, t, line, isBatch: false, isSentinel: false, count: 1 });
  takeDigest(run, digest);
  const after =
    index > 0 && run.flows.hasAfter ? tables.sequences.push(run.readers.sample.kept[0]?.limbs ?? limbs, 0) : -1;
  openEntry(tables, op, flow, n, after);
  const { first } = closeOp(tables, { op: index, t: t + 1, line: line + 1, outcome: 'ok', results: 1 });
  placeEntry(tables, first, shard, tables.sequences.push(limbs, 0));
};

const takeDigest = ({ tables }: PlainRun, digest: Kept['digest']): void => {
  if (digest === undefined) tables.digest.setNone();
  else tables.digest.setHex(digest[0], digest[1]);
};
