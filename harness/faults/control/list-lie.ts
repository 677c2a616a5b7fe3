import { z } from 'zod';
import { isOk } from '../answers.ts';
import type { ArmedFault, FaultTools, Shape } from '../fault.ts';
import { callDetail, isList, listOptions } from './control-options.ts';
import { shardsIn, withShards } from './shard-lists.ts';

export const lieOptions = z.strictObject({
  ...listOptions,
  /** How many consecutive lists it may change. Default 1000. */
  lists: z.int().min(1).max(10_000).default(1000),
});

/** Changes a list of shards. `change` returns undefined if it cannot falsify this list. */
export const listLie =
  (
    options: z.output<typeof lieOptions>,
    tools: FaultTools,
    change: (shards: readonly Shape[]) => readonly Shape[] | undefined,
  ): ArmedFault =>
  async (call, forward) => {
    const answer = await forward(call.body);
    if (!isList(options, call, tools) || !isOk(answer)) return answer;
    const changed = change(shardsIn(answer));
    if (changed === undefined) return answer;
    tools.fired(call, callDetail(call));
    return withShards(answer, changed);
  };

export const partOf = (shard: Shape, field: string): Readonly<Record<string, string | undefined>> =>
  (shard[field] ?? {}) as Readonly<Record<string, string | undefined>>;
