import { compareLimbs } from '../../model/sequences.ts';
import type { Finding, HistoryVerdict } from '../../model/verdict.ts';
import { chainOf, openPage } from '../index/fold-read.ts';
import type { Lineage } from '../index/lineage.ts';
import type { Totals } from '../index/totals.ts';
import { viewOf } from '../index/view.ts';
import { conclude } from '../judge/conclude.ts';
import type { JudgeOptions } from '../judge/options.ts';
import { holdReaders } from './hold-readers.ts';
import { holdTopology } from './hold-topology.ts';
import { mustBe } from './not-plain.ts';
import type { ShardFront } from './shard-front.ts';
import type { StreamingRun } from './streaming-run.ts';
import { mayBeSetAside, needsWhole } from './what-streaming-proves.ts';

/**
 * The verdict on a history that was plain to its end, but for what was set aside and looked at again (`SecondLook`).
 * No check has anything to find in the rest, of which the judge is told what was counted.
 */
export const streamingVerdict = (run: StreamingRun, path: string, options: JudgeOptions): HistoryVerdict => {
  holdReaders(run);
  mustBe(run.numbers.isAscending || run.numbers.isEncoded || areApart(run), 'numbers that two shards may share');
  addEnds(run);
  const view = viewOf(run.tables, (lineage) => totalsOf(run, lineage));
  const unproved = needsWhole(view, options);
  mustBe(unproved === undefined, `the claim ${unproved}, which needs the whole history`);
  const verdict = conclude(view, path, options);
  mustBe(
    verdict.findings.every((finding) => isWhole(run, finding)),
    'findings in its topology',
  );
  mustBe(verdict.counts.acked > 0 && verdict.counts.read > 0, 'no record that was acknowledged, or none that was read');
  return verdict;
};

/** Is all there that the finding is about? What a shard declares of itself asks for no record. */
const isWhole = ({ aside }: StreamingRun, { anomaly, kind }: Finding): boolean =>
  anomaly === 'seq-out-of-range' ? kind === 'declared' : !aside.isEmpty && mayBeSetAside(anomaly);

/** Of all that was not set aside. */
const totalsOf = (run: StreamingRun, lineage: Lineage): Totals => ({
  ...run.flows.counted(run.markers),
  modes: run.flows.modes(run.markers),
  hasAfter: run.flows.hasAfter,
  wide: holdTopology(run, lineage),
  partial: new Map([...run.aside.single()].map(([flow]) => [flow, run.flows.modeOf(flow)])),
});

/** No two shards have numbers in one range. */
const areApart = ({ shards }: StreamingRun): boolean => {
  const met = [...shards].sort((a, b) => compareLimbs(a.min, 0, b.min, 0));
  return met.every(
    (shard, index) => index === 0 || compareLimbs((met[index - 1] as ShardFront).last, 0, shard.min, 0) < 0,
  );
};

/** Pages that named the children of their shards, without a record in them. */
export const addEnds = ({ tables, shards }: StreamingRun): void => {
  for (const { id, chains } of shards) {
    for (const { reader, children, endedLine: line, lastT: t } of chains) {
      if (children === undefined) continue;
      const chain = chainOf(tables, 1, reader, id, undefined);
      const page = openPage(tables, chain, {
        line,
        t,
        count: 0,
        t0: Number.NaN,
        behind: Number.NaN,
        more: 0,
        isFailed: false,
      });
      tables.pageChildren.set(page, children);
    }
  }
};
