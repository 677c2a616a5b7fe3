import type { ReshardEvent, ShardInfo, TopologyEvent } from '../../model/event.ts';
import { hashPart } from './hash-part.ts';
import type { Moment, Reshard, ShardSpan } from './spans.ts';

type Open = { -readonly [Field in keyof ShardSpan]: ShardSpan[Field] };
type OpenReshard = { -readonly [Field in keyof Reshard]: Reshard[Field] };

/** Folds lists of shards and reshards into spans of shards. */
export class TopologyFold {
  readonly spans: Open[] = [];
  readonly reshards: OpenReshard[] = [];
  /** The newest span of each shard. */
  readonly #newest = new Map<string, Open>();
  readonly #ends = new Map<string, Moment>();
  /** The newest reshard of each id. */
  readonly #called = new Map<number, OpenReshard>();

  list({ t, shards }: TopologyEvent, line: number): void {
    for (const info of shards) {
      const known = this.#newest.get(info.shard);
      if (known === undefined || known.range.join() !== info.range.join()) this.#open(info, { t, line }, known);
      else known.seq = info.seq;
      const span = this.#newest.get(info.shard);
      if (span === undefined || span.closed !== null) continue;
      const end = this.#ends.get(info.shard);
      if (end !== undefined) span.closed = { ...end, by: 'reshard' };
      else if (info.seq[1] !== null) span.closed = { t, line, by: 'list' };
    }
  }

  reshard(event: ReshardEvent, line: number): void {
    const moment = { t: event.t, line };
    const known = this.#called.get(event.id);
    if (event.phase === 'invoke' || known === undefined) {
      const { id, action = 'reshard', shards = [], target = null } = event;
      const reshard: OpenReshard = { id, action, shards, target, from: moment, to: null, outcome: null };
      this.reshards.push(reshard);
      this.#called.set(id, reshard);
      return;
    }
    known.to = moment;
    known.outcome = event.phase;
    if (event.phase !== 'ok' || known.action === 'UpdateShardCount') return;
    for (const shard of known.shards) {
      const span = this.#newest.get(shard);
      this.#ends.set(shard, moment);
      if (span !== undefined && span.closed === null) span.closed = { ...moment, by: 'reshard' };
    }
  }

  #open(info: ShardInfo, moment: Moment, before: Open | undefined): void {
    if (before !== undefined && before.closed === null) before.closed = { ...moment, by: 'list' };
    const { shard, range, parents, seq } = info;
    const parts = [hashPart(range[0]), hashPart(range[1])] as const;
    const span: Open = { shard, range, parts, parents, seq, opened: this.#since(info, moment), closed: null };
    this.spans.push(span);
    this.#newest.set(shard, span);
  }

  /** When a shard was opened: at the end of its parents' reshard, which the list reports a little later. */
  #since({ parents }: ShardInfo, moment: Moment): Moment {
    const ends = parents.flatMap((parent) => this.#ends.get(parent) ?? []);
    const last = ends.reduce<Moment | undefined>(
      (late, end) => (late === undefined || end.t > late.t ? end : late),
      undefined,
    );
    return last !== undefined && last.t <= moment.t && ends.length === parents.length
      ? { ...moment, t: last.t }
      : moment;
  }
}

/** Shards by lineage: parents before children, and by hash range within a generation. */
export const inLineage = (spans: readonly ShardSpan[]): readonly string[] => {
  const byName = new Map(spans.map((span) => [span.shard, span]));
  const depths = new Map<string, number>();
  const depthOf = (shard: string, seen: readonly string[]): number => {
    const known = depths.get(shard);
    if (known !== undefined) return known;
    const parents = (byName.get(shard)?.parents ?? []).filter((parent) => !seen.includes(parent));
    const depth = Math.max(-1, ...parents.map((parent) => depthOf(parent, [...seen, shard]))) + 1;
    depths.set(shard, depth);
    return depth;
  };
  return [...byName.values()]
    .map((span) => ({ span, depth: depthOf(span.shard, []) }))
    .toSorted(
      (a, b) => a.depth - b.depth || a.span.parts[0] - b.span.parts[0] || (a.span.shard < b.span.shard ? -1 : 1),
    )
    .map(({ span }) => span.shard);
};
