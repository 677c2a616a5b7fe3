import { createHash } from 'node:crypto';
import type { CheckOptions } from '../../../judging/check-history.ts';
import type { Head, ShardInfo } from '../../../model/event.ts';
import { closed, type History, history, lower, shard, upper, whole } from '../../generators/history-builder.ts';

/**
 * What a history must say, to the letter: its findings as `anomaly[/kind] expect[ <explainedBy]`, one a finding, and
 * the claims that are unknown.
 */
export type TopologyCase = {
  readonly says: string;
  readonly made: () => History;
  readonly found: readonly string[];
  readonly unknown?: readonly string[] | 'all';
  readonly notApplicable?: readonly string[];
  /** Claims that have something to say. */
  readonly applicable?: readonly string[];
  readonly violated?: readonly string[];
  /** The slow judge says otherwise of claims that are not of these groups. */
  readonly isOfFastOnly?: true;
  readonly options?: CheckOptions;
  /** Fields that some finding of these must have. */
  readonly with?: readonly Readonly<Record<string, unknown>>[];
};

export const top = (1n << 128n) - 1n;
export const half = 1n << 127n;
export const md5 = (key: string): bigint => BigInt(`0x${createHash('md5').update(key).digest('hex')}`);
export const ranged = (
  index: number,
  from: bigint | string,
  to: bigint | string,
  parents: readonly number[] = [],
  seq: ShardInfo['seq'] = ['1', null],
): ShardInfo => ({ shard: shard(index), range: [String(from), String(to)], parents: parents.map(shard), seq });
export const two = [lower(0), upper(1)];
/** Two records of a in shard 0 and two of b in shard 1, as they should be. */
export const twoKeys = (head: Partial<Head> = {}, shards: readonly ShardInfo[] = two): History =>
  history(head, shards)
    .put('a', 0)
    .ok(10)
    .put('a', 1)
    .ok(20)
    .put('b', 0, { shard: 1 })
    .ok(11)
    .put('b', 1, { shard: 1 })
    .ok(21)
    .page([
      [10, 'a', 0],
      [20, 'a', 1],
    ])
    .page(
      [
        [11, 'b', 0],
        [21, 'b', 1],
      ],
      { shard: 1, chain: 2 },
    );
export const base = (head: Partial<Head> = {}, shards: readonly ShardInfo[] = whole): History =>
  history(head, shards)
    .put('a', 0)
    .ok(10)
    .put('a', 1)
    .ok(20)
    .page([
      [10, 'a', 0],
      [20, 'a', 1],
    ]);
export const split = (start = '600', end = '500'): readonly ShardInfo[] => [
  closed(whole[0], end),
  lower(1, [0], [start, null]),
  upper(2, [0], [start, null]),
];
export const asked = (made: History, id = 1, shards: readonly number[] = [0], action = 'SplitShard'): History =>
  made.event({ type: 'reshard', id, phase: 'invoke', action, shards: shards.map(shard) } as never);
export const answered = (made: History, id = 1, phase = 'ok'): History =>
  made.event({ type: 'reshard', id, phase } as never);
/** a at 10 in the parent, then at 700 in the lower child; all read. */
export const acrossSplit = (
  after: readonly ShardInfo[] = split(),
  seq: number | string = 700,
  head: Partial<Head> = {},
): History =>
  answered(asked(history(head).put('a', 0).ok(10)))
    .topology(after)
    .put('a', 1, { shard: 1 })
    .ok(seq)
    .page([[10, 'a', 0]], { more: false })
    .page([[seq, 'a', 1]], { shard: 1, chain: 2 });
/** A dump: pages only. */
export const dump: Partial<Head> = { recorded: ['pages'] };
const raw = (type: string, more: object): never => ({ type, ...more }) as never;
export const part = (op: number, parts: readonly object[], entries: readonly object[], api = 'PutRecord'): never =>
  raw('put', { op, producer: 'p1', api, parts, entries });
export const rec = (seq: number | string, key: string, n: number, more: object = {}) => [seq, key, n, more] as never;
export const dig = (key: string, n: number): string =>
  Buffer.from(`${key}#${n}`).toString('hex').padEnd(16, '0').slice(0, 16);
