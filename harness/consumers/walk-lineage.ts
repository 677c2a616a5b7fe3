import type { ShardInfo } from '../model/event.ts';
import type { ReadTools, StartType } from './consumer.ts';
import { readShard } from './read-shard.ts';

export type WalkOptions = {
  readonly from: StartType;
  readonly limit?: number | undefined;
  readonly pollMs: number;
  readonly restartAfter?: number | undefined;
  readonly resume: 'AFTER_SEQUENCE_NUMBER' | 'AT_SEQUENCE_NUMBER';
};

/**
 * Reads every shard of a stream, each in a loop of its own; a child is begun when all its parents that this reader reads are at their end. New shards are found
 * in the ChildShards of a page, and in a new list where an engine does not tell them.
 */
export const walkLineage = async (tools: ReadTools, options: WalkOptions): Promise<void> => {
  const known = new Map<string, ShardInfo>();
  const ended = new Set<string>();
  const running = new Map<string, Promise<void>>();
  const first = await tools.listShards();
  const atStart = new Set(first.map(({ shard }) => shard));
  const isFromPast = options.from !== 'LATEST';

  const isWanted = ({ shard, seq }: ShardInfo): boolean => isFromPast || seq[1] === null || !atStart.has(shard);
  const isReady = ({ shard, parents }: ShardInfo): boolean =>
    !running.has(shard) && !ended.has(shard) && parents.every((parent) => !known.has(parent) || ended.has(parent));
  const learn = (shards: readonly ShardInfo[]): void => {
    for (const info of shards) if (isWanted(info)) known.set(info.shard, info);
  };
  const begin = (info: ShardInfo): void => {
    const start = atStart.has(info.shard) && !hasParentIn(known, info) ? options.from : 'TRIM_HORIZON';
    const reading = readShard(tools, { ...options, shard: info.shard, from: start }).then(async (end) => {
      ended.add(info.shard);
      running.delete(info.shard);
      if (end === 'closed') await learnChildren(tools, known, info.shard, learn);
    });
    running.set(info.shard, reading);
  };

  learn(first);
  while (!tools.signal.aborted) {
    for (const info of known.values()) if (isReady(info)) begin(info);
    if (running.size === 0) return;
    await Promise.race(running.values());
  }
  await Promise.allSettled(running.values());
};

const hasParentIn = (known: ReadonlyMap<string, ShardInfo>, { parents }: ShardInfo): boolean =>
  parents.some((parent) => known.has(parent));

/** A list may lag behind the end of a shard: asked again, a few times, until the shard has children. */
const learnChildren = async (
  tools: ReadTools,
  known: ReadonlyMap<string, ShardInfo>,
  parent: string,
  learn: (shards: readonly ShardInfo[]) => void,
): Promise<void> => {
  for (let tries = 0; tries < 10 && !tools.signal.aborted; tries += 1) {
    const shards = await tools.listShards();
    learn(shards);
    if ([...known.values()].some(({ parents }) => parents.includes(parent))) return;
    if (tools.isSealed()) return;
    await tools.clock.sleep(50, tools.signal).catch(() => undefined);
  }
};
