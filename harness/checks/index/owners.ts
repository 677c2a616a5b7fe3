import { clockSkewOf } from './clocks.ts';
import type { Group, Subjects } from './subjects.ts';

/**
 * A worker that goes on with a shard after another one, which began it later, got records of it. Lines of the history.
 */
export type OldOwner = {
  readonly shard: number;
  readonly worker: string;
  readonly startLine: number;
  readonly line: number;
  readonly other: string;
  readonly otherStartLine: number;
  readonly otherLine: number;
};

type Moment = { readonly line: number; readonly t: number };
/** `first`: when it was first given records of the shard, since it began. */
type Owner = { readonly worker: string; readonly start: Moment; readonly line: number; readonly first: number };
/** The worker that began last, and the last of the others. */
type Latest = { best: Owner; second: Owner | undefined };

/**
 * One for each worker and shard. Empty pages do not count. Times of two workers must differ by more than their clocks
 * may. Contract, rule 16.
 */
export function* oldOwners({ view }: Subjects, group: Group): Generator<OldOwner> {
  const { tables } = view;
  const skew = clockSkewOf(tables.head);
  const isLate = (earlier: number, later: number): boolean => skew === 0 || later - earlier > skew;
  const begun = new Map<string, Moment>();
  const latest = new Map<string, Latest>();
  const said = new Set<string>();
  let next = 0;
  for (const page of group.pages) {
    const line = tables.pageLine.at(page);
    for (let start = group.starts[next]; start !== undefined && start.line < line; start = group.starts[next]) {
      if (start.event.worker !== undefined)
        begun.set(`${start.shard} ${start.event.worker}`, { line: start.line, t: start.t });
      next += 1;
    }
    const worker = tables.pageWorker.get(page);
    const chain = tables.chains[tables.pageChain.at(page)];
    if (worker === undefined || chain === undefined) continue;
    const { shard } = chain;
    const lane = `${shard} ${JSON.stringify(tables.pageLane.get(page) ?? null)}`;
    const t = tables.pageT.at(page);
    const start =
      begun.get(`${shard} ${worker}`) ?? beginByPage(begun, `${lane} ${worker}`, { line, t }, chain.pages[0] === page);
    if (tables.pageCount.at(page) === 0) continue;
    const owner = { worker, start, line, first: t };
    const others = latest.get(lane);
    const other = others?.best.worker === worker ? others.second : others?.best;
    const name = `${shard} ${worker}`;
    const isTaken = other !== undefined && other.start.line > start.line && isLate(start.t, other.start.t);
    if (isTaken && isLate(other.first, t) && !said.has(name)) {
      said.add(name);
      const its = { other: other.worker, otherStartLine: other.start.line, otherLine: other.line };
      yield { shard, worker, startLine: start.line, line, ...its };
    }
    latest.set(lane, noted(others, owner));
  }
}

/** Without `start` events, the first page of a chain counts as a start. */
const beginByPage = (begun: Map<string, Moment>, name: string, now: Moment, isFirst: boolean): Moment => {
  const before = isFirst ? undefined : begun.get(name);
  if (before === undefined) begun.set(name, now);
  return before ?? now;
};

const noted = (others: Latest | undefined, owner: Owner): Latest => {
  if (others === undefined) return { best: owner, second: undefined };
  const { best, second } = others;
  if (best.worker === owner.worker) return { best: goneOn(best, owner), second };
  if (owner.start.line > best.start.line) return { best: owner, second: best };
  if (second?.worker === owner.worker) return { best, second: goneOn(second, owner) };
  return { best, second: second === undefined || owner.start.line > second.start.line ? owner : second };
};

const goneOn = (before: Owner, owner: Owner): Owner =>
  before.start.line === owner.start.line ? { ...owner, first: before.first } : owner;
