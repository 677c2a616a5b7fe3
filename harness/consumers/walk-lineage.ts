import type { ShardInfo } from '../model/event.ts';
import type { ReadTools, StartType } from './consumer.ts';
import type { ShardEnd } from './read-shard.ts';

/** Reads one shard, from the given start to its end. */
export type ReadOne = (shard: string, from: StartType) => Promise<ShardEnd>;

/**
 * Reads every shard of a stream, each in its own loop. A child is begun when all its parents that this reader reads
 * are at their end. New shards are found in the ChildShards of a page, and in a new list if the engine does not report
 * them.
 */
export const walkLineage = async (tools: ReadTools, start: StartType, read: ReadOne): Promise<void> => {
  const listed = new Map<string, ShardInfo>();
  const known = new Map<string, ShardInfo>();
  const ended = new Set<string>();
  const running = new Map<string, Promise<void>>();
  const first = await tools.listShards();
  const atStart = new Set(first.map(({ shard }) => shard));
  const isWanted = (info: ShardInfo): boolean => tools.isWanted?.(info) !== false && isOfStart(info);
  const isOfStart = (info: ShardInfo): boolean =>
    start === 'LATEST' ? info.seq[1] === null || !atStart.has(info.shard) : isOfRun(tools, listed, info);
  const isReady = ({ shard, parents }: ShardInfo): boolean =>
    !running.has(shard) && !ended.has(shard) && parents.every((parent) => !known.has(parent) || ended.has(parent));
  const learn = (shards: readonly ShardInfo[]): void => {
    for (const info of shards) listed.set(info.shard, info);
    for (const info of shards) if (isWanted(info)) known.set(info.shard, info);
  };
  const begin = (info: ShardInfo): void => {
    const from = atStart.has(info.shard) ? start : 'TRIM_HORIZON';
    const reading = read(info.shard, from).then(async ({ end, children }) => {
      if (end !== 'stopped') await tools.onShardOver?.(info.shard, end);
      ended.add(info.shard);
      if (end === 'closed') await learnChildren({ tools, listed, known, learn }, info.shard, children);
      // Deleted last, because the walk ends when nothing is running.
      running.delete(info.shard);
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

/**
 * True if the shard may hold records of the run. On a stream with a past, these are the shards that were open at the
 * run's first put, and their descendants. Shards that were closed before hold no record of the run.
 */
const isOfRun = (
  { begin }: Pick<ReadTools, 'begin'>,
  listed: ReadonlyMap<string, ShardInfo>,
  { shard, parents }: ShardInfo,
): boolean => {
  if (begin === undefined || begin(shard) !== undefined) return true;
  return parents.some((parent) => {
    const info = listed.get(parent);
    return info !== undefined && isOfRun({ begin }, listed, info);
  });
};

type Learning = {
  readonly tools: ReadTools;
  readonly listed: ReadonlyMap<string, ShardInfo>;
  readonly known: ReadonlyMap<string, ShardInfo>;
  readonly learn: (shards: readonly ShardInfo[]) => void;
};

const listsMax = 10;
const listPauseMs = 50;

/**
 * Lists the shards after the end of a shard. A list may lag behind, so it is requested again, a few times, until it
 * has the children that the last page named, or any child.
 */
const learnChildren = async (
  { tools, listed, known, learn }: Learning,
  parent: string,
  told: readonly string[],
): Promise<void> => {
  const isMet = (child: string): boolean => {
    const info = listed.get(child);
    return known.has(child) || (info !== undefined && tools.isWanted?.(info) === false);
  };
  for (let tries = 0; tries < listsMax && !tools.signal.aborted; tries += 1) {
    learn(await tools.listShards());
    const isComplete =
      told.length > 0
        ? told.every(isMet)
        : tools.isSealed() || [...known.values()].some(({ parents }) => parents.includes(parent));
    if (isComplete) return;
    await tools.clock.sleep(listPauseMs, tools.signal).catch(() => undefined);
  }
  // Children that were named and never listed are read, too.
  learn(told.filter((child) => !isMet(child)).map((shard) => unlisted(shard, parent)));
};

const unlisted = (shard: string, parent: string): ShardInfo => ({
  shard,
  range: ['0', '0'],
  parents: [parent],
  seq: ['0', null],
});
