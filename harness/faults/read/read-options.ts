import { z } from 'zod';
import type { FaultTools, ProxiedCall } from '../fault.ts';
import { clientOf, type FaultFacts, hasPrograms, isClient } from '../fault-facts.ts';

/** By which read of which reader a fault fires: counted from 1, of the reader's, or of those of one shard. */
export const readOptions = {
  /** Without it, the first live reader of the scenario. */
  reader: z.string().optional(),
  /** Counts the reads of this shard alone: `shardId-000000000000`. */
  shard: z.string().optional(),
  read: z.int().min(1),
} as const;

/** How many reads in a row it is about. */
export const readsOption = { reads: z.int().min(1).max(10_000).default(1) } as const;

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
  if (api !== 'GetRecords') return false;
  const wanted = reader ?? tools.client;
  if (wanted !== undefined && !isClient(wanted, client)) return false;
  const count = shard === undefined ? call : shard === of ? shardCall : 0;
  return count >= read && count < read + reads;
};

/** From its read on, until it has hit one: lies wait for a page that they can be told of. */
export const isReadFrom = (options: At, call: ProxiedCall, tools: Pick<FaultTools, 'client'>): boolean =>
  isGetRecords({ ...options, reads: Number.POSITIVE_INFINITY }, call, tools);

/** Which read it was: reads have no op. */
export const readDetail = ({ client, shard, call, shardCall }: ProxiedCall): Readonly<Record<string, unknown>> => ({
  reader: client,
  ...(shard === undefined ? {} : { shard, shardRead: shardCall }),
  read: call,
});

/** A program may read whatever it likes, under its own name; this tool's own readers are named in the scenario. */
export const needsReader = ({ reader }: Pick<At, 'reader'>, facts: FaultFacts): readonly string[] => {
  const found = clientOf('consumer', facts.consumers, reader);
  const isProgram =
    hasPrograms(facts) && (reader === undefined || facts.producers.some(({ name }) => isClient(name, reader)));
  return isProgram || typeof found !== 'string' ? [] : [`reader: ${found}: give it one, getRecords()`];
};
