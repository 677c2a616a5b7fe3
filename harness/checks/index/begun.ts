import { clockSkewOf, sentAt } from './clocks.ts';
import { ancestorsAmong } from './kinship.ts';
import type { Group, Subjects } from './subjects.ts';
import { acksAt, attemptsOf } from './view.ts';

/** When a reader at LATEST began a shard. Without `line`: the time of its iterator. */
export type Began = { readonly t: number; readonly line?: number };

/**
 * For LATEST: returns when an application began a shard, by its earliest start, else by the iterator of its first
 * page. 'whole': all of the shard is owed, because an ancestor was begun, or no shard at all (reading nothing is no
 * excuse). A shard that it did not begin is owed from when it first began any. Undefined: unknown.
 */
export const begunAt = ({ view }: Subjects, group: Group): ((shard: number) => Began | 'whole' | undefined) => {
  const begun = new Map<number, Began | undefined>();
  for (const { shard, t, line } of group.starts) if (!begun.has(shard)) begun.set(shard, { t, line });
  for (const page of group.pages) {
    const chain = view.tables.chains[view.tables.pageChain.at(page)];
    if (chain === undefined || begun.has(chain.shard)) continue;
    begun.set(chain.shard, chain.from.t === undefined ? undefined : { t: chain.from.t });
  }
  const told = [...begun.values()].filter((one) => one !== undefined);
  const earliest = told.reduce<Began | undefined>((one, other) => (one && one.t <= other.t ? one : other), undefined);
  return (shard) => {
    for (const _ of ancestorsAmong(view.lineage, shard, (other) => begun.has(other))) return 'whole';
    if (begun.size === 0) return 'whole';
    return begun.has(shard) ? begun.get(shard) : earliest;
  };
};

/**
 * True if the record at a place was sent after the application began: by lines, if both are in the history; by more
 * than the clocks of two machines may differ. Undefined: unknown.
 */
export const isSentBehind = (
  subjects: Subjects,
  position: number,
  began: Began | 'whole' | undefined,
): boolean | undefined => {
  if (began === 'whole') return true;
  const entry = attemptFor(subjects, position);
  if (began === undefined) return undefined;
  if (entry === undefined) return false;
  const sent = sentAt(subjects.view, entry);
  const skew = clockSkewOf(subjects.view.tables.head);
  if (skew > 0 && Math.abs(sent.t - began.t) <= skew) return undefined;
  return skew === 0 && began.line !== undefined ? sent.line > began.line : sent.t > began.t;
};

/** The attempt that was acknowledged there, else the first attempt of its record. */
const attemptFor = ({ view, items }: Subjects, position: number): number | undefined => {
  for (const entry of acksAt(view, position)) return entry;
  const record = items.recordOf(items.knownAt(position));
  for (const entry of record < 0 ? [] : attemptsOf(view, record)) return entry;
  return undefined;
};
