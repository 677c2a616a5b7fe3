import type { ReaderRole } from '../../model/event.ts';
import type { Lineage } from '../index/lineage.ts';
import type { CallsApart, FoundInShards } from '../index/totals.ts';
import type { FlowCounts } from './flows.ts';
import { foreignPlaces } from './foreign.ts';
import { givenAgain } from './given-again.ts';
import { countedAgain, countedRoleOf, holdReaders } from './hold-readers.ts';
import { holdSubjects } from './hold-subjects.ts';
import { holdTopology } from './hold-topology.ts';
import type { StreamingRun } from './streaming-run.ts';

/** A page that named the children of its shard. */
export type ShardEnd = {
  readonly shard: string;
  readonly reader: string;
  readonly children: readonly string[];
  readonly line: number;
  readonly t: number;
};

/**
 * The facts of a part of a history that is plain to its end. No claim can find anything in it, so the verdict on the
 * full history needs only these.
 */
export type PlainFacts = FlowCounts & {
  /** Keys that are in several shards: the shards, and how many keys are in them. */
  readonly wide: readonly { readonly shards: readonly string[]; readonly keys: number }[];
  readonly modes: readonly number[];
  /** A put named the last acknowledged number of its flow in SequenceNumberForOrdering. */
  readonly hasAfter: boolean;
  /** Aggregates were acknowledged or read. Absent: none. */
  readonly hasAggregates?: boolean;
  /** Whether its records have an ExplicitHashKey; null: it has no records of the workload. */
  readonly isHashed: boolean | null;
  /** The role of the readers that count for order; null: nobody read anything. */
  readonly counted: ReaderRole | null;
  readonly ends: readonly ShardEnd[];
  /** Consumers under test; undefined: none. */
  readonly subjects?: readonly PlainSubject[];
  /** Calls whose records lie apart; undefined: none. Shards by their names. */
  readonly apart?: Pick<CallsApart, 'ops'> & FoundInShards<string>;
  /** Records that a reader got again; undefined: none. Shards by their names. */
  readonly again?: FoundInShards<string>;
  /** Foreign records; undefined: none. Shards by their names. */
  readonly foreign?: FoundInShards<string>;
  /** Flows with records that were set aside; undefined: nothing was spilled. */
  readonly partial?: readonly PartialFlow[];
};

/** An application that got all that it owes, once and in order; and which of its readers had pages of which shards. */
export type PlainSubject = {
  readonly group: string;
  /** Records of the workload. */
  readonly handled: number;
  readonly pages: readonly { readonly reader: string; readonly shard: string }[];
};

/** A flow of which single records are kept. They are judged when parts are merged, and counted with their flow. */
export type PartialFlow = { readonly producer: string; readonly key: string; readonly mode: number };

/** Called after `finish`. A text says why the part is not plain. */
export const plainFactsOf = (run: StreamingRun, lineage: Lineage): PlainFacts | string => {
  if (!run.isOver) holdReaders(run);
  if (!run.isOver) holdSubjects(run, lineage);
  const wide = run.isOver ? [] : holdTopology(run, lineage);
  if (run.spills.all !== undefined) return run.spills.all;
  const { shards } = run.tables;
  const apart = run.apart.said((call) => run.calls.ops.of(call));
  if (typeof apart === 'string') return apart;
  const again = givenAgain(run.shards, countedAgain(run));
  if (typeof again === 'string') return again;
  const foreign = foreignPlaces(run.shards);
  const named = <T extends FoundInShards>(one: T) => ({
    ...one,
    shards: one.shards.map((shard) => shards.name(shard)),
  });
  return {
    ...run.flows.counted(run.markers),
    wide: wide.map((one) => ({ shards: [...one.shards].map((shard) => shards.name(shard)), keys: one.keys })),
    modes: run.flows.modes(run.markers),
    hasAfter: run.flows.hasAfter,
    ...(run.hasAggregates ? { hasAggregates: true } : {}),
    isHashed: run.hashKeys.isAnySent ? run.hashKeys.isUsed : null,
    counted: countedRoleOf(run) ?? null,
    ends: [...endsOf(run)],
    ...(run.subjects.isAny ? { subjects: subjectsOf(run) } : {}),
    ...(apart === undefined ? {} : { apart: named(apart) }),
    ...(again.found === 0 ? {} : { again: named(again) }),
    ...(foreign === undefined ? {} : { foreign: named(foreign) }),
    ...(run.spills.isEmpty ? {} : { partial: partialOf(run) }),
  };
};

const subjectsOf = ({ tables: { readers, shards }, subjects }: StreamingRun): readonly PlainSubject[] =>
  [...subjects.groups].map(({ name, handled, pages }) => ({
    group: name,
    handled,
    pages: [...pages].flatMap(([reader, own]) =>
      [...own].map((shard) => ({ reader: readers.name(reader), shard: shards.name(shard) })),
    ),
  }));

const partialOf = ({ tables, spills, flows }: StreamingRun): readonly PartialFlow[] => {
  const { producers, keys, flowProducer, flowKey } = tables.records;
  return [...spills.single()].map(([flow]) => ({
    producer: producers.name(flowProducer.at(flow)),
    key: keys.name(flowKey.at(flow)),
    mode: flows.modeOf(flow),
  }));
};

function* endsOf({ tables, shards }: StreamingRun): Generator<ShardEnd> {
  for (const { id, chains } of shards) {
    for (const { reader, children, endedLine: line, lastT: t } of chains) {
      if (children === undefined) continue;
      yield { shard: tables.shards.name(id), reader: tables.readers.name(reader), children, line, t };
    }
  }
}
