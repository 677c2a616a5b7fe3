import type { AnomalyId } from '../../model/anomaly.ts';
import type { ReaderRole } from '../../model/event.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import { flowOf } from '../index/fold-put.ts';
import { chainOf, openPage } from '../index/fold-read.ts';
import type { Lineage } from '../index/lineage.ts';
import type { Tables } from '../index/tables.ts';
import type { FoundInShards, Totals, WideKeys } from '../index/totals.ts';
import { viewOf } from '../index/view.ts';
import { conclude } from '../judge/conclude.ts';
import { ofTopology } from '../judge/of-topology.ts';
import type { JudgeOptions } from '../judge/options.ts';
import type { FlowCounts } from './flows.ts';
import type { PlainFacts } from './plain-facts.ts';
import { mayBeSetAside, needsWhole } from './what-streaming-proves.ts';

export type Beside = {
  readonly path: string;
  readonly numbers: 'apart' | 'ascending' | 'unknown';
  readonly options: JudgeOptions;
  /** The lineage of the tables, if it is known. */
  readonly lineage?: Lineage;
};

/**
 * The verdict on the records in the tables and on the plain parts beside them. Of a plain part, the tables have only
 * the lines that are common to all parts. A text says why that is not enough.
 */
export const verdictWithPlain = (
  tables: Tables,
  plain: readonly PlainFacts[],
  { path, numbers, options, lineage }: Beside,
): HistoryVerdict | string => {
  const isAlone = tables.entryOp.length === 0 && tables.readPage.length === 0 && tables.pageLine.length === 0;
  if (numbers !== 'apart' && !(isAlone && numbers === 'ascending')) return 'numbers that two shards may share';
  if (new Set(plain.flatMap(({ isHashed }) => isHashed ?? [])).size > 1) return 'ExplicitHashKeys in some parts alone';
  if (!areCountedAlike(tables, plain)) return 'a record that only readers of another role read';
  for (const part of plain) {
    addEnds(tables, part);
    addSubjectPages(tables, part);
  }
  const view = viewOf(tables, totalsOf(tables, plain), lineage);
  const unproved = needsWhole(view, options);
  if (unproved !== undefined) return `the claim ${unproved}, which needs the whole history`;
  const verdict = conclude(view, path, options);
  const isAny = verdict.counts.acked > 0 && verdict.counts.read > 0;
  if (!isAny) return 'no record that was acknowledged, or none that was read';
  const isThin = isAlone || plain.some(({ partial }) => partial !== undefined);
  const isSaid = verdict.claims.every(
    ({ anomaly, found }) => found === 0 || (mayBeSetAside(anomaly) ? !isAlone : mayStand(verdict, anomaly, isThin)),
  );
  return isSaid ? verdict : 'findings in its topology';
};

/**
 * True if a finding of this claim may stand in the verdict. The declarations of shards are the same in every part; a
 * range that no shard holds may have records in any part. `isThin`: not all lines of the parts that are not plain are
 * in the view.
 */
const mayStand = ({ findings }: HistoryVerdict, id: AnomalyId, isThin: boolean): boolean => {
  if (id === 'seq-out-of-range')
    return !isThin || findings.every(({ anomaly, kind }) => anomaly !== id || kind === 'declared');
  return !isThin && !ofTopology.has(id);
};

/** The sums over all plain parts. */
const totalsOf = (tables: Tables, plain: readonly PlainFacts[]): Totals => {
  const sum = (field: keyof FlowCounts): number => plain.reduce((all, part) => all + part[field], 0);
  return {
    acked: sum('acked'),
    read: sum('read'),
    pairs: sum('pairs'),
    flows: sum('flows'),
    modes: plain.flatMap(({ modes }) => modes),
    hasAfter: plain.some(({ hasAfter }) => hasAfter),
    hasAggregates: plain.some(({ hasAggregates }) => hasAggregates === true),
    wide: plain.flatMap((part) => wideOf(tables, part)),
    partial: new Map(plain.flatMap((part) => partialOf(tables, part))),
    apart: {
      ...foundIn(
        tables,
        plain.map(({ apart }) => apart),
      ),
      ops: plain.flatMap(({ apart }) => apart?.ops ?? []),
    },
    handled: new Map(plain.flatMap(({ subjects = [] }) => subjects.map(({ group, handled }) => [group, handled]))),
    again: foundIn(
      tables,
      plain.map(({ again }) => again),
    ),
    foreign: foundIn(
      tables,
      plain.map(({ foreign }) => foreign),
    ),
  };
};

/** Over the parts in which any was found. */
const foundIn = ({ shards }: Tables, parts: readonly (FoundInShards<string> | undefined)[]): FoundInShards => {
  const known = parts.filter((part) => part !== undefined);
  return {
    found: known.reduce((sum, { found }) => sum + found, 0),
    shards: known.flatMap((part) => part.shards.map((name) => shards.id(name))),
  };
};

/** Flows of which single records are in the view. Their modes are those of the full history. */
const partialOf = (tables: Tables, { partial = [] }: PlainFacts): readonly (readonly [flow: number, mode: number])[] =>
  partial.map(({ producer, key, mode }) => {
    const { producers, keys } = tables.records;
    return [flowOf(tables, producers.id(producer), keys.id(key)), mode];
  });

const rolesByRank = ['final', 'live', 'subject'] as const;

/**
 * True if the same readers count for order everywhere: in the plain parts, in the view of the others, and in the
 * whole.
 */
const areCountedAlike = ({ pageCount, pageChain, chains, roles }: Tables, plain: readonly PlainFacts[]): boolean => {
  const own = new Set<ReaderRole>();
  for (let page = 0; page < pageCount.length; page += 1)
    if (pageCount.at(page) > 0) own.add(roles.get(chains[pageChain.at(page)]?.reader ?? -1) ?? 'live');
  const met = [rolesByRank.find((role) => own.has(role)), ...plain.map(({ counted }) => counted ?? undefined)];
  return new Set(met.filter((role) => role !== undefined)).size < 2;
};

const wideOf = ({ shards }: Tables, { wide }: PlainFacts): readonly WideKeys[] =>
  wide.map(({ shards: names, keys }) => ({ shards: new Set(names.map((name) => shards.id(name))), keys }));

const untold = { t0: Number.NaN, behind: Number.NaN, more: 0, isFailed: false };

/** Adds the pages that named the children of their shards, without their records. */
const addEnds = (tables: Tables, { ends }: PlainFacts): void => {
  for (const { shard, reader, children, line, t } of ends) {
    const chain = chainOf(tables, 1, tables.readers.id(reader), tables.shards.id(shard), undefined);
    tables.pageChildren.set(openPage(tables, chain, { line, t, count: 0, ...untold }), children);
  }
};

/** Adds a page for each shard of which an application had pages, without records. */
const addSubjectPages = (tables: Tables, { subjects = [] }: PlainFacts): void => {
  for (const { reader, shard } of subjects.flatMap(({ pages }) => pages)) {
    const chain = chainOf(tables, 1, tables.readers.id(reader), tables.shards.id(shard), undefined);
    openPage(tables, chain, { line: 0, t: 0, count: 0, ...untold });
  }
};
