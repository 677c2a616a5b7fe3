import { type Owed, owedOf } from './owed.ts';
import { type Group, type Subjects } from './subjects.ts';
import { ackLine, attemptsOf, isOk } from './view.ts';

export type Lost = { readonly item: number; readonly position: number; readonly kind: 'head' | 'middle' | 'tail' };

/** Records that an application owes and never got. */
export type Losses = {
  readonly lost: readonly Lost[];
  /** Those in shards that it neither started nor got anything of. */
  readonly inUnread: readonly Lost[];
  /** Why more may be missing than is said here. */
  readonly unknown: Unknown | undefined;
};

/** Why it is unknown what is lost. `counted`: how much was not given, to be put before it if nothing else says so. */
type Unknown = { readonly counted: string; readonly why: string };

const known = new WeakMap<Group, Losses>();

export const lossesOf = (subjects: Subjects, group: Group): Losses => {
  const before = known.get(group);
  if (before !== undefined) return before;
  const made = readLosses(subjects, group);
  known.set(group, made);
  return made;
};

const readLosses = (subjects: Subjects, group: Group): Losses => {
  const { view } = subjects;
  const owed = owedOf(subjects, group);
  const isSettled = group.owes.length === 0 || group.isComplete;
  const isAckedInLoad = ackedInLoad(subjects);
  const given = new Set(group.discards.map(({ item }) => item));
  const began = new Set([...group.stretches.keys(), ...group.starts.map(({ shard }) => shard)]);
  const [lost, inUnread]: [Lost[], Lost[]] = [[], []];
  let late = 0;
  for (const [item, position] of owed.places) {
    if (group.deliveries.has(item) || given.has(item)) continue;
    const shard = view.positions.shard.at(position);
    const one = { item, position, kind: kindOf(group, shard, position) };
    // A record between two that were delivered was skipped: waiting longer does not change that.
    const isDue = isSettled || (owed.atOnce.has(item) && isAckedInLoad(item));
    if (!isDue && one.kind !== 'middle') late += 1;
    else (began.has(shard) ? lost : inUnread).push(one);
  }
  return { lost, inUnread, unknown: unknownBecause(subjects, group, owed, late) };
};

/** A recording has a flag for it, a scenario a field. */
const owesWord = ({ tables: { head } }: Subjects['view']): string => (head?.recorder === 'proxy' ? '--owes' : 'owes');

const kindOf = ({ stretches }: Group, shard: number, position: number): Lost['kind'] => {
  const stretch = stretches.get(shard);
  if (stretch === undefined || position > stretch.high) return 'tail';
  return position < stretch.low ? 'head' : 'middle';
};

const unknownBecause = ({ view }: Subjects, group: Group, owed: Owed, late: number): Unknown | undefined => {
  const { open, unlisted, area } = owed;
  if (group.owes.length > 0 && area.size === 0 && unlisted.length === 0)
    return { counted: '', why: `${group.name} owes no shard at all (owes.shards is empty): name shards, or say all` };
  if (unlisted.length > 0)
    return {
      counted: '',
      why: `${group.name} owes ${unlisted.join(', ')}, and the history knows no such shard: name shards as ListShards does`,
    };
  if (open.size > 0) {
    const count = [...open.values()].reduce((sum, one) => sum + one, 0);
    const unread = neverReadOf(view, group, new Set(open.keys())).map((shard) => view.tables.shards.name(shard));
    const where = unread.length === 0 ? '' : ` (it never read ${unread.join(', ')})`;
    const todo =
      group.owes.length === 0
        ? `say so with ${owesWord(view)}`
        : 'the history needs a start of each shard, or times that tell';
    return {
      counted: `${group.name} was never given ${count} records of the run that the final reader has${where}, and `,
      why: `nothing says whether it owes them: ${todo}`,
    };
  }
  if (group.owes.length === 0 || group.isComplete) return undefined;
  if (group.owes.every(({ until }) => until === 'acked'))
    return late === 0
      ? undefined
      : {
          counted: '',
          why: `${group.name} was not given ${late} records that were not acknowledged before load ended, and nobody waited for it (no complete)`,
        };
  const missing = late === 0 ? '' : `: ${late} of its records were not given`;
  return {
    counted: '',
    why: `${group.name} is not known to have handled all that it owes (no complete event: nobody waited for it, or the wait ended before)${missing}`,
  };
};

/** Those of the shards that the group neither started nor fetched from. */
export const neverReadOf = (view: Subjects['view'], group: Group, shards: ReadonlySet<number>): readonly number[] => {
  const met = new Set(group.starts.map(({ shard }) => shard));
  for (const page of group.pages) met.add(view.tables.chains[view.tables.pageChain.at(page)]?.shard ?? -1);
  return [...shards].filter((shard) => !met.has(shard)).sort((a, b) => a - b);
};

/** Returns a test whether an item was acknowledged before load ended: then `until: "acked"` makes it owed at once. */
const ackedInLoad = ({ view, items }: Subjects): ((item: number) => boolean) => {
  const { phases } = view.tables;
  const loads = phases.findIndex(({ phase }) => phase === 'load');
  const ended = phases.slice(loads + 1).find(({ phase }) => phase !== 'load');
  const line = loads < 0 ? Number.POSITIVE_INFINITY : (ended?.line ?? Number.POSITIVE_INFINITY);
  return (item) => {
    const record = items.recordOf(item);
    if (record < 0) return false;
    for (const entry of attemptsOf(view, record)) if (isOk(view, entry) && ackLine(view, entry) < line) return true;
    return false;
  };
};
