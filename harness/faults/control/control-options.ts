import { z } from 'zod';
import type { FaultTools, ProxiedCall } from '../fault.ts';
import type { FaultFacts } from '../fault-facts.ts';
import { hasPrograms } from '../fault-facts.ts';
import { isWanted } from '../wanted-client.ts';

/** Options that name a list of shards (ListShards, DescribeStream) of a client. */
export const listOptions = {
  /** Name of the client. Default: any. */
  client: z.string().optional(),
  /** The list at which it fires: 1 is the client's first one. */
  list: z.int().min(1),
} as const;

/** Options that name a reshard (SplitShard, MergeShards, UpdateShardCount) of a client. */
export const reshardOptions = {
  /** Name of the client. Default: any. */
  client: z.string().optional(),
  /** The reshard at which it fires: 1 is the client's first one. */
  reshard: z.int().min(1),
} as const;

type AtList = { readonly client?: string | undefined; readonly list: number; readonly lists?: number };
type AtReshard = { readonly client?: string | undefined; readonly reshard: number };

export const isList = (
  { client, list, lists = 1 }: AtList,
  call: ProxiedCall,
  tools: Pick<FaultTools, 'client'>,
): boolean => call.kind === 'list' && call.call >= list && call.call < list + lists && isWanted(client, call, tools);

export const isReshard = (
  { client, reshard }: AtReshard,
  call: ProxiedCall,
  tools: Pick<FaultTools, 'client'>,
): boolean => call.kind === 'reshard' && call.call === reshard && isWanted(client, call, tools);

export const callDetail = ({ api, client, call }: ProxiedCall): Readonly<Record<string, unknown>> => ({
  api,
  client,
  call,
});

/** A problem if nobody lists shards: this tool's readers do, and a program may. */
export const needsLister = (_: unknown, facts: FaultFacts): readonly string[] =>
  facts.consumers.length > 0 || hasPrograms(facts)
    ? []
    : ['it is about lists of shards, and the scenario has no live reader: give it one, getRecords()'];

export const needsReshard = ({ reshard }: AtReshard, facts: FaultFacts): readonly string[] =>
  facts.reshard.length >= reshard || hasPrograms(facts)
    ? []
    : [`reshard: the scenario plans ${facts.reshard.length}, and the fault waits for number ${reshard}`];
