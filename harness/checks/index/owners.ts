import type { Group, Subjects } from './subjects.ts';

/** A worker that goes on with a shard after one that began it later was given records of it. Lines of the history. */
export type OldOwner = {
  readonly shard: number;
  readonly worker: string;
  readonly startLine: number;
  readonly line: number;
  readonly other: string;
  readonly otherStartLine: number;
  readonly otherLine: number;
};

type Owner = { readonly worker: string; readonly startLine: number; readonly line: number };
/** The worker that began last, and the last of the others. */
type Latest = { best: Owner; second: Owner | undefined };

/** One a worker and shard. Empty pages neither deliver nor go on. Contract, rule 16. */
export function* oldOwners({ view }: Subjects, group: Group): Generator<OldOwner> {
  const { tables } = view;
  const begun = new Map<string, number>();
  const latest = new Map<string, Latest>();
  const said = new Set<string>();
  let next = 0;
  for (const page of group.pages) {
    const line = tables.pageLine.at(page);
    for (let start = group.starts[next]; start !== undefined && start.line < line; start = group.starts[next]) {
      if (start.event.worker !== undefined) begun.set(`${start.shard} ${start.event.worker}`, start.line);
      next += 1;
    }
    const worker = tables.pageWorker.get(page);
    const chain = tables.chains[tables.pageChain.at(page)];
    if (worker === undefined || chain === undefined) continue;
    const { shard } = chain;
    const lane = `${shard} ${JSON.stringify(tables.pageLane.get(page) ?? null)}`;
    const startLine =
      begun.get(`${shard} ${worker}`) ?? beginByPage(begun, `${lane} ${worker}`, line, chain.pages[0] === page);
    if (tables.pageCount.at(page) === 0) continue;
    const owner = { worker, startLine, line };
    const others = latest.get(lane);
    const other = others?.best.worker === worker ? others.second : others?.best;
    const name = `${shard} ${worker}`;
    if (other !== undefined && other.startLine > startLine && !said.has(name)) {
      said.add(name);
      yield { shard, ...owner, other: other.worker, otherStartLine: other.startLine, otherLine: other.line };
    }
    latest.set(lane, noted(others, owner));
  }
}

/** Where nobody tells of starts, the first page of a chain is one. */
const beginByPage = (begun: Map<string, number>, name: string, line: number, isFirst: boolean): number => {
  const before = isFirst ? undefined : begun.get(name);
  if (before === undefined) begun.set(name, line);
  return before ?? line;
};

const noted = (others: Latest | undefined, owner: Owner): Latest => {
  if (others === undefined) return { best: owner, second: undefined };
  const { best, second } = others;
  if (best.worker === owner.worker) return { best: owner, second };
  if (owner.startLine > best.startLine) return { best: owner, second: best };
  const isMore = second === undefined || second.worker === owner.worker || owner.startLine > second.startLine;
  return { best, second: isMore ? owner : second };
};
