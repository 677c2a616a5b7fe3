import type { ReaderRole } from '../../model/event.ts';
import { textOfLimbs } from '../../model/sequences.ts';
import { viewOf } from '../index/view.ts';
import type { FlowCounts } from './flows.ts';
import { countedRoleOf, holdReaders } from './hold-readers.ts';
import { holdTopology } from './hold-topology.ts';
import type { ChainFront } from './shard-front.ts';
import type { StreamingRun } from './streaming-run.ts';
import { addEnds, type CountedTwice, countedTwice } from './streaming-verdict.ts';

/** A record of a plain part, to ask the claims about. */
export type SampleRecord = {
  readonly n: number;
  readonly shard: string;
  readonly seq: string;
  /** Who was given it. */
  readonly reader: string;
};

/** Two records of one flow. */
export type SampleFlow = {
  readonly producer: string;
  readonly key: string;
  readonly hash?: string;
  readonly mode: number;
  readonly records: readonly SampleRecord[];
};

/** A page that named the children of its shard. */
export type ShardEnd = {
  readonly shard: string;
  readonly reader: string;
  readonly children: readonly string[];
  readonly line: number;
  readonly t: number;
};

/**
 * All that a part of a history says of itself where it is plain to its end: no claim has anything to find in it, so
 * that the verdict on the whole needs these alone.
 */
export type PlainFacts = FlowCounts & {
  /** Shards in which keys lie that lie in several, and how many keys do. */
  readonly wide: readonly { readonly shards: readonly string[]; readonly keys: number }[];
  readonly modes: readonly number[];
  /** A put named the number that its flow was acknowledged last. */
  readonly hasAfter: boolean;
  /** Whether its records have an ExplicitHashKey; null: it has no records of the workload. */
  readonly isHashed: boolean | null;
  /** By which readers order is counted; null: nobody read anything. */
  readonly counted: ReaderRole | null;
  readonly ends: readonly ShardEnd[];
  readonly sample: SampleFlow | null;
  readonly aside: AsideFacts | null;
};

/** What was set aside, to be judged when parts are merged: by names, what stands in the lines that are kept of it. */
export type AsideFacts = {
  /** Keys of which all is kept. */
  readonly keys: readonly string[];
  /** Flows of which single records are kept. */
  readonly single: readonly { readonly producer: string; readonly key: string; readonly mode: number }[];
  /** What is kept of these, and counted with their flows. */
  readonly twice: CountedTwice;
};

/** Throws NotPlain where the part is not plain. After `finish`. */
export const plainFactsOf = (run: StreamingRun): PlainFacts => {
  holdReaders(run);
  addEnds(run);
  const { shards } = run.tables;
  const wide = holdTopology(run, viewOf(run.tables)).map((one) => ({
    shards: [...one.shards].map((shard) => shards.name(shard)),
    keys: one.keys,
  }));
  return {
    ...run.flows.counted(run.markers),
    wide,
    modes: run.flows.modes(run.markers),
    hasAfter: run.flows.hasAfter,
    isHashed: run.hashKeys.isAnySent ? run.hashKeys.isUsed : null,
    counted: countedRoleOf(run) ?? null,
    ends: [...endsOf(run)],
    sample: sampleOf(run),
    aside: run.aside.isEmpty ? null : asideOf(run),
  };
};

const asideOf = (run: StreamingRun): AsideFacts => {
  const { producers, keys, flowProducer, flowKey } = run.tables.records;
  return {
    keys: keys.names.filter((_, key) => run.aside.hasKey(key)),
    single: [...run.aside.single()].map(([flow]) => ({
      producer: producers.name(flowProducer.at(flow)),
      key: keys.name(flowKey.at(flow)),
      mode: run.flows.modeOf(flow),
    })),
    twice: countedTwice(run),
  };
};

function* endsOf({ tables, shards }: StreamingRun): Generator<ShardEnd> {
  for (const { id, chains } of shards) {
    for (const { reader, children, endedLine: line, lastT: t } of chains) {
      if (children === undefined) continue;
      yield { shard: tables.shards.name(id), reader: tables.readers.name(reader), children, line, t };
    }
  }
}

const sampleOf = (run: StreamingRun): SampleFlow | null => {
  const { records, shards, readers, hashes } = run.tables;
  const { kept } = run.readers.sample;
  const [first] = kept;
  if (first === undefined) return null;
  const hash = run.hashKeys.of(records.flowKey.at(first.flow));
  return {
    producer: records.producers.name(records.flowProducer.at(first.flow)),
    key: records.keys.name(records.flowKey.at(first.flow)),
    ...(hash < 0 ? {} : { hash: hashes.name(hash) }),
    mode: run.flows.modeOf(first.flow),
    records: kept.map(({ n, shard, limbs }) => ({
      n,
      shard: shards.name(shard),
      seq: textOfLimbs(limbs, 0),
      reader: readers.name((run.shard(shard).chains[0] as ChainFront).reader),
    })),
  };
};
