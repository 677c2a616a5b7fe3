import type { Near } from '../../model/verdict.ts';
import type { Found } from '../check.ts';
import { acksAt, attemptsOf, type View } from '../index/view.ts';

/**
 * Faults (lines that tell of their firing), reshards (ids) and retries (ops) whose time overlaps what a finding is
 * about.
 */
export const nearOf = (view: View, finding: Found): Near => {
  const [from, to] = windowOf(view, finding);
  const faults = view.tables.faults
    .filter(
      ({ event }) =>
        event.phase === 'fired' &&
        (concerns(view, finding, event.op) || (event.op === undefined && event.t >= from && event.t <= to)),
    )
    .map(({ line }) => line);
  const family = from > to ? familyOf(view, finding) : undefined;
  const reshards = [...view.tables.reshards.values()]
    .filter(({ t, doneT, shards }) => family?.some((name) => shards.includes(name)) ?? (t <= to && doneT >= from))
    .map(({ id }) => id);
  return {
    faults: faults.slice(0, 20),
    reshards: [...new Set(reshards)].slice(0, 20),
    retries: retriesOf(view, finding).slice(0, 20),
  };
};

/** For a finding without a put, and so without a time: the shards that it is about, and their parents. */
const familyOf = (view: View, { shards = [] }: Found): readonly string[] =>
  [...new Set(shards.flatMap((shard) => [shard, ...(view.lineage.shards[shard]?.parents ?? [])]))]
    .filter((shard) => shard >= 0)
    .map((shard) => view.tables.shards.name(shard));

const opsOf = (view: View, finding: Found): readonly number[] => {
  const ops = new Set<number>();
  for (const record of finding.records ?? [])
    for (const entry of attemptsOf(view, record)) ops.add(view.tables.entryOp.at(entry));
  for (const entry of finding.entries ?? []) ops.add(view.tables.entryOp.at(entry));
  for (const position of finding.positions ?? [])
    if (position >= 0) for (const entry of acksAt(view, position)) ops.add(view.tables.entryOp.at(entry));
  return [...ops];
};

const concerns = (view: View, finding: Found, op: number | undefined): boolean => {
  const index = op === undefined ? undefined : view.tables.ops.get(op);
  return index !== undefined && opsOf(view, finding).includes(index);
};

/** From the first sending to the last answer of the records concerned. Nothing known: an empty window. */
const windowOf = (view: View, finding: Found): readonly [number, number] => {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const op of opsOf(view, finding)) {
    from = Math.min(from, view.tables.opT.at(op));
    const answered = view.tables.opAckT.at(op);
    to = Math.max(to, Number.isFinite(answered) ? answered : view.tables.opT.at(op));
  }
  return [from, to];
};

const retriesOf = (view: View, finding: Found): readonly number[] => {
  const retries: number[] = [];
  for (const record of finding.records ?? []) {
    const [, ...again] = attemptsOf(view, record);
    for (const entry of again) retries.push(view.tables.opNumber.at(view.tables.entryOp.at(entry)));
  }
  return [...new Set(retries)];
};
