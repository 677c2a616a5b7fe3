import type { ShardInfo } from '../../model/event.ts';
import { isOpenShard } from '../../model/open-shards.ts';
import type { Finding } from '../../model/verdict.ts';
import { shardName, shortSeq } from '../naming.ts';
import type { List } from '../trace/spans.ts';
import type { TopologyColumn, TopologyFault, TopologyPicture } from './picture.ts';

const shardsMax = 64;

/**
 * A hash key as a share of the hash space, from 0 to 1. Passed in, because browser and Node parse decimal texts in
 * different ways.
 */
export type PartOf = (hashKey: string) => number;

/**
 * The last two lists of shards that a finding names, side by side, and what is wrong in them. Undefined if it names
 * none.
 */
export const topologyPicture = (
  finding: Finding,
  lists: readonly List[],
  partOf: PartOf,
  words: Pick<TopologyPicture, 'title' | 'subtitle' | 'foot'>,
): TopologyPicture | undefined => {
  const shown = lists.slice(-2);
  if (shown.length === 0) return undefined;
  const named = new Set(finding.shards);
  const columns = generations(finding, shown).map(
    ({ list, title, shards }): TopologyColumn => ({
      title,
      line: list.line,
      shards: shards.slice(0, shardsMax).map((info) => ({
        name: shardName(info.shard),
        parts: [partOf(info.range[0]), partOf(info.range[1])],
        isNamed: named.has(info.shard),
        state: info.seq[1] === null ? 'open' : 'closed',
        words: wordsOf(info),
      })),
    }),
  );
  return {
    kind: 'topology',
    title: words.title,
    subtitle: `ListShards on line ${shown.map(({ line }) => line).join(' and line ')} · ${words.subtitle}`,
    foot: words.foot,
    columns,
    faults: faultsOf(finding, columns, partOf),
  };
};

type Generation = { readonly list: List; readonly title: string; readonly shards: readonly ShardInfo[] };

/** Two lists are drawn side by side as they are; in one list parents come before their children. */
const generations = (finding: Finding, lists: readonly List[]): readonly Generation[] => {
  const [list] = lists.slice(-1);
  if (list === undefined) return [];
  if (lists.length > 1) return lists.map((one) => ({ list: one, title: `line ${one.line}`, shards: one.shards }));
  const depths = depthsOf(list.shards);
  const named = list.shards.filter(
    ({ shard, parents }) => finding.shards.includes(shard) || parents.some((parent) => finding.shards.includes(parent)),
  );
  const isAboutLineage = named.some(({ parents }) => parents.length > 0);
  if (!isAboutLineage) {
    const open = list.shards.filter(isOpenShard);
    return [{ list, title: `open shards, line ${list.line}`, shards: open.length === 0 ? list.shards : open }];
  }
  const family = new Set(named.flatMap(({ shard, parents }) => [shard, ...parents]));
  const levels = [...new Set([...family].map((shard) => depths.get(shard) ?? 0))].sort((a, b) => a - b);
  return levels.map((level, index) => ({
    list,
    title: index === 0 ? `parents, line ${list.line}` : `children, line ${list.line}`,
    shards: list.shards.filter(({ shard }) => family.has(shard) && (depths.get(shard) ?? 0) === level),
  }));
};

const depthsOf = (shards: readonly ShardInfo[]): ReadonlyMap<string, number> => {
  const depths = new Map<string, number>();
  for (let round = 0; round < shards.length; round += 1) {
    let isDone = true;
    for (const { shard, parents } of shards) {
      const depth = Math.max(-1, ...parents.map((parent) => depths.get(parent) ?? 0)) + 1;
      if (depths.get(shard) === depth || depth > shards.length) continue;
      depths.set(shard, depth);
      isDone = false;
    }
    if (isDone) break;
  }
  return depths;
};

/** A sequence number, shortened. Removes leading zeros, which some engines write. */
const numberWords = (seq: string): string => shortSeq(seq.replace(/^0+(?=\d)/, ''));

const wordsOf = ({ seq, parents }: ShardInfo): string => {
  const from = parents.length === 0 ? '' : `, from ${parents.map(shardName).join(' and ')}`;
  return `${seq[1] === null ? 'open' : 'closed'}${from}; numbers ${numberWords(seq[0])} to ${seq[1] === null ? 'open' : numberWords(seq[1])}`;
};

const faultsOf = (
  { anomaly, evidence, sentence }: Finding,
  columns: readonly TopologyColumn[],
  partOf: PartOf,
): readonly TopologyFault[] => {
  const { from, to } = evidence;
  const last = columns.length - 1;
  if (typeof from === 'string' && typeof to === 'string' && /^\d+$/.test(from + to)) {
    const form = anomaly === 'hash-overlap' ? 'overlap' : 'hole';
    return [{ column: last, parts: [partOf(from), partOf(to)], form, words: `${form} from ${from} to ${to}` }];
  }
  return columns.flatMap(({ shards }, column) =>
    shards
      .filter(({ isNamed }) => isNamed && (columns.length === 1 || column === (anomaly === 'open-parent' ? 0 : last)))
      .map(({ parts }): TopologyFault => ({ column, parts, form: 'wrong', words: sentence })),
  );
};
