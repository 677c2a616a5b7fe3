import { holdsKey, isInRange } from '../../model/hash-key.ts';
import { compareSequence } from '../../model/sequence-number.ts';
import { compareLimbs, textOfLimbs } from '../../model/sequences.ts';
import { closedSince } from '../catalogue/write-to-closed.ts';
import { isOpenShard } from '../index/families.ts';
import { aboveOf } from '../index/kinship.ts';
import type { Lineage, ShardView } from '../index/lineage.ts';
import { settleOf } from '../index/settle-of.ts';
import type { WideKeys } from '../index/totals.ts';
import type { ChainFront, ShardFront } from './shard-front.ts';
import type { StreamingRun } from './streaming-run.ts';

/**
 * Called at the end. Spills everything unless records are in the shards to which their keys lead, in the number ranges
 * of these shards, and above the numbers of their ancestors; and unless readers were told the end of a shard. Returns
 * the keys that are in several shards.
 */
export const holdTopology = (run: StreamingRun, lineage: Lineage): readonly WideKeys[] => {
  holdRanges(run, lineage);
  holdKin(run, lineage);
  const settle = settleOf(run.tables.head);
  const [openLine, closingLine] = [lastOpenLines(run), lastClosingLines(run)];
  for (const shard of run.shards) {
    const lines = { openLine: openLine[shard.id] ?? 0, closingLine: closingLine.get(shard.id) ?? 0 };
    for (const chain of shard.chains) {
      const odd = oddEnd(lineage, { shard, chain, settle, ...lines });
      if (odd !== undefined) run.spill('all', odd);
    }
  }
  holdCarriers(run, lineage);
  const wide = holdKeys(run, lineage);
  holdClosed(run, lineage);
  return wide;
};

/** An aggregate must be in the shard to which its own key leads. */
const holdCarriers = (run: StreamingRun, lineage: Lineage): void => {
  for (const { id, carried } of run.shards)
    if (!carried.areIn(lineage.shards[id]?.range))
      run.spill('all', 'an aggregate in a shard to which it does not lead');
};

const holdRanges = (run: StreamingRun, lineage: Lineage): void => {
  for (const { id, isUsed, min, last } of run.shards) {
    const shard = lineage.shards[id];
    // A declared range that makes no sense is wrong itself. No number is compared with it.
    if (!isUsed || shard === undefined || shard.nonsense !== undefined) continue;
    const { starting, ending } = shard;
    const isBelow = starting !== undefined && compareSequence(textOfLimbs(min, 0), starting) < 0;
    const isAbove = ending !== undefined && compareSequence(textOfLimbs(last, 0), ending) > 0;
    if (isBelow || isAbove) run.spill('all', 'a number outside the range of its shard');
  }
};

/** A flow may move only to a descendant of its shard. All numbers there must be above those of its ancestors. */
const holdKin = (run: StreamingRun, lineage: Lineage): void => {
  for (const [from, to] of run.flows.moves.values())
    if (!lineage.isAncestor(from, to)) run.spill('all', 'a flow in two shards of which none came of the other');
  const met = new Map(run.shards.map((shard) => [shard.id, shard]));
  const { best } = aboveOf(
    lineage,
    (id) => met.get(id),
    (one, other) => compareLimbs(one.last, 0, other.last, 0) > 0,
  );
  for (const { id, min } of met.values()) {
    const above = best(id);
    if (above !== undefined && compareLimbs(above.last, 0, min, 0) >= 0)
      run.spill('all', 'numbers below those of a parent');
  }
};

/** By shard: the line of the last topology that shows it open; 0: none. */
const lastOpenLines = ({ tables }: StreamingRun): Int32Array => {
  const lines = new Int32Array(tables.shards.size);
  for (const { line, event } of tables.snapshots)
    for (const info of event.shards) if (isOpenShard(info)) lines[tables.shards.find(info.shard)] = line;
  return lines;
};

/** By shard: the line of the call of the last successful reshard that names it. */
const lastClosingLines = ({ tables }: StreamingRun): ReadonlyMap<number, number> => {
  const lines = new Map<number, number>();
  for (const { result, shards, line } of tables.reshards.values()) {
    if (result !== 'ok') continue;
    for (const name of shards) {
      const shard = tables.shards.find(name);
      lines.set(shard, Math.max(line, lines.get(shard) ?? 0));
    }
  }
  return lines;
};

type Ending = {
  readonly shard: ShardFront;
  readonly chain: ChainFront;
  readonly settle: number;
  readonly openLine: number;
  readonly closingLine: number;
};

const oddEnd = (lineage: Lineage, { shard, chain, settle, openLine, closingLine }: Ending): string | undefined => {
  const { isClosedAtEnd, closedT } = lineage.shards[shard.id] as ShardView;
  if (isClosedAtEnd && chain.replacedT - closedT > settle) return 'an iterator of a closed shard that did not end';
  if (chain.endedLine === 0)
    return isClosedAtEnd && chain.lastT - closedT > settle ? 'a closed shard that does not end' : undefined;
  if (chain.stretch !== undefined || chain.count !== shard.count) return 'a shard that ended before its last record';
  const isEnd = isClosedAtEnd && Math.max(openLine, closingLine) < chain.endedLine;
  return isEnd ? undefined : 'an open shard that ended';
};

type Leads = (key: number, shard: number) => boolean;

const leadsByName = ({ tables: { records } }: StreamingRun, lineage: Lineage): Leads => {
  const holds = lineage.shards.map(({ range }) => (range === undefined ? undefined : holdsKey(range)));
  return (key, shard) => holds[shard]?.(records.keys.name(key)) ?? true;
};

const leadsByHash = ({ tables: { hashes }, hashKeys }: StreamingRun, lineage: Lineage): Leads => {
  const numbers = hashes.names.map(BigInt);
  return (key, shard) => {
    const range = lineage.shards[shard]?.range;
    // Each key of the workload has an ExplicitHashKey.
    return range === undefined || isInRange(numbers[hashKeys.of(key)] as bigint, range);
  };
};

/**
 * Keys must be in the shards to which MD5, or their ExplicitHashKey, leads, and in several only if one descends from
 * the other. Returns the keys that are in several shards.
 */
const holdKeys = (run: StreamingRun, lineage: Lineage): readonly WideKeys[] => {
  const { tables } = run;
  const { one, several } = run.flows.shardsOfKeys(tables, run.markers);
  const leads = run.hashKeys.isUsed ? leadsByHash(run, lineage) : leadsByName(run, lineage);
  const hold = (key: number, shard: number): void => {
    if (!leads(key, shard)) run.spill('all', 'a key in a shard to which it does not lead');
  };
  for (const [key, shard] of one.entries()) hold(key, shard);
  const wide = new Map<string, { readonly shards: ReadonlySet<number>; keys: number }>();
  for (const [key, shards] of several) {
    for (const shard of shards) hold(key, shard);
    const name = [...shards].join(' ');
    const known = wide.get(name) ?? { shards, keys: 0 };
    known.keys += 1;
    wide.set(name, known);
  }
  if (![...wide.values()].every(({ shards }) => areRelated(lineage, shards)))
    run.spill('all', 'a key in two shards of which none came of the other');
  return [...wide.values()];
};

/** True if, in the order of consumption, each shard descends from the one before. */
const areRelated = (lineage: Lineage, shards: ReadonlySet<number>): boolean => {
  const line = lineage.inConsumptionOrder([...shards]);
  return line.every((shard, index) => index === 0 || lineage.isAncestor(line[index - 1] as number, shard));
};

/** Spills everything if a record was sent to a shard that was shown closed before. */
const holdClosed = (run: StreamingRun, lineage: Lineage): void => {
  const closed = closedSince({ lineage, tables: run.tables });
  for (const { id, lastPutLine } of run.shards)
    if (lastPutLine > (closed.get(id)?.line ?? Number.POSITIVE_INFINITY))
      run.spill('all', 'a record in a shard that was closed before');
};
