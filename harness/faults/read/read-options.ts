import { z } from 'zod';
import type { Random } from '../../lib/random.ts';
import type { FaultTools, ProxiedCall, Shape } from '../fault.ts';
import { clientOf, type FaultFacts, hasPrograms } from '../fault-facts.ts';
import { isWanted } from '../wanted-client.ts';

/** Options that name a read of a reader. Faults fire by the count of reads, of the reader or of one shard. */
export const readOptions = {
  /** Name of the reader. Default: the first live one of the scenario. */
  reader: z.string().optional(),
  /** Counts only the reads of this shard, such as `shardId-000000000000`. */
  shard: z.string().optional(),
  /** The read at which it fires: 1 is the first one. */
  read: z.int().min(1),
} as const;

export const readsOption = {
  /** How many consecutive reads it affects. Default 1. */
  reads: z.int().min(1).max(10_000).default(1),
} as const;

type At = {
  readonly reader?: string | undefined;
  readonly shard?: string | undefined;
  readonly read: number;
  readonly reads?: number;
};

export const isGetRecords = (
  { reader, shard, read, reads = 1 }: At,
  { api, client, call, shard: of, shardCall = 0 }: ProxiedCall,
  tools: Pick<FaultTools, 'client'>,
): boolean => {
  if (api !== 'GetRecords' || !isWanted(reader, { client }, tools)) return false;
  const count = shard === undefined ? call : shard === of ? shardCall : 0;
  return count >= read && count < read + reads;
};

/** Draws options for a GetRecords; undefined for a subscription. */
export const drawForGetRecords =
  <Options extends Shape>(options: (random: Random) => Options) =>
  (random: Random, { api }: ProxiedCall): Options | undefined =>
    api === 'GetRecords' ? options(random) : undefined;

/** True for reads from the given one on. A lie that fires once waits for a page to which it applies. */
export const isReadFrom = (options: At, call: ProxiedCall, tools: Pick<FaultTools, 'client'>): boolean =>
  isGetRecords({ ...options, reads: Number.POSITIVE_INFINITY }, call, tools);

/** Names the read in the history, because reads have no op. */
export const readDetail = ({ client, shard, call, shardCall }: ProxiedCall): Readonly<Record<string, unknown>> => ({
  reader: client,
  ...(shard === undefined ? {} : { shard, shardRead: shardCall }),
  read: call,
});

/**
 * A problem if the scenario has no such reader. This tool's readers are named in the scenario. A program may read
 * under its own name, which is not known beforehand.
 */
export const needsReader = ({ reader }: Pick<At, 'reader'>, facts: FaultFacts): readonly string[] => {
  const found = clientOf('consumer', facts.consumers, reader);
  const isProgram = hasPrograms(facts) && (reader === undefined || facts.producers.some(({ name }) => name === reader));
  return isProgram || typeof found !== 'string' ? [] : [`reader: ${found}: give it one, getRecords()`];
};
