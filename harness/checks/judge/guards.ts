import { oncePer } from '../../lib/once-per.ts';
import { leftOpen } from '../../model/left-open.ts';
import { failureWords, several } from '../catalogue/phrases.ts';
import { type Check, isAboutKeys } from '../check.ts';
import { aboveOf, ancestorsWithin } from '../index/kinship.ts';
import { orderOf } from '../index/order.ts';
import { orderKeptOf } from '../index/order-kept.ts';
import { doKeysLead } from '../index/routes.ts';
import { isIntentUnknown } from '../index/sending-order.ts';
import type { Reshard } from '../index/tables.ts';
import { unidentifiedOf } from '../index/unidentified.ts';
import { isOk, isSentinel, isWorkload, type View } from '../index/view.ts';
import { wideKeysOf } from '../index/wide-keys.ts';

/**
 * A run that tested nothing is not a pass. Each guard is a reason, in one sentence, why claims that were not violated
 * are unknown.
 */
export const guardsOf = (view: View): readonly string[] => [
  ...saidOf([notCompleted(view), neverSentWords(view.tables.end?.neverSent)]),
  ...undoneOf(view),
];

/** What this run did not do. For a slice of a run: what the other slices may have done. */
export const undoneOf = (view: View): readonly string[] =>
  saidOf([nothingAcknowledged(view), nothingRead(view), ...unfired(view), ...uncrossed(view)]);

const saidOf = (reasons: readonly (string | undefined)[]): readonly string[] =>
  reasons.filter((reason) => reason !== undefined);

const notCompleted = (view: View): string | undefined => {
  const { end } = view.tables;
  if (end === undefined) return 'the history has no end: the run died, or the file was cut short';
  if (end.reason === 'completed') return undefined;
  const { reason, error } = end;
  // Nothing ran: its files do not say what happened, or are cut short.
  if (view.tables.head?.recorder === 'import' && error !== undefined) return `${leftOpen}${error}`;
  // The error of an interrupted run often begins with that word: `interrupted (SIGTERM)`.
  if (reason === 'interrupted' && error?.startsWith(reason) === true) return `the run was ${error}`;
  const said = reason === 'failed' ? 'the run failed' : `the run was ${reason}`;
  return `${said}${error === undefined ? '' : `: ${error}`}`;
};

/** A record that was handed to a producer and never sent is lost, and no event can show it. */
export const neverSentWords = (count = 0): string | undefined =>
  count === 0
    ? undefined
    : `${several(count, 'record')} handed to a producer ${count === 1 ? 'was' : 'were'} never sent`;

const nothingAcknowledged = (view: View): string | undefined => {
  if (!view.hasPuts || view.totals.acked > 0) return undefined;
  for (let entry = 0; entry < view.tables.entryOp.length; entry += 1) {
    if (isOk(view, entry) && !isSentinel(view, entry)) return undefined;
  }
  const { opFailure, entryFailure, entryOp } = view.tables;
  const failed = [...entryFailure.values()];
  for (let entry = 0; entry < entryOp.length; entry += 1) {
    const failure = isSentinel(view, entry) ? undefined : opFailure.get(entryOp.at(entry));
    if (failure !== undefined) failed.push(failure);
  }
  return `nothing was acknowledged${mostOf(view, failed, 'put')}`;
};

/** The most frequent failure in words; empty if none is recorded. */
const mostOf = ({ tables }: View, failed: readonly number[], noun: string): string => {
  const counts = new Map<number, number>();
  for (const failure of failed) counts.set(failure, (counts.get(failure) ?? 0) + 1);
  const [most] = [...counts].sort(([, one], [, other]) => other - one);
  const failure = tables.failures.at(most?.[0] ?? -1);
  return failure === undefined ? '' : `: ${several(most?.[1] ?? 0, noun)} failed with ${failureWords(failure)}`;
};

const nothingRead = (view: View): string | undefined => {
  if (!view.hasPages) return 'pages were not recorded';
  if (view.totals.read > 0) return undefined;
  for (let record = 0; record < view.tables.records.count; record += 1) {
    if (view.recordReadHead.at(record) >= 0 && isWorkload(view, record)) return undefined;
  }
  if (unidentifiedOf(view).all > 0) return undefined;
  const { readPage, readRecord } = view.tables;
  if (readPage.length > 0) {
    let nameless = 0;
    for (let read = 0; read < readPage.length; read += 1) if (readRecord.at(read) < 0) nameless += 1;
    const of = nameless === 0 ? 'all sentinels' : `${nameless} of them without identity`;
    return `no record of the workload was read: ${several(readPage.length, 'record')} came back, ${of}`;
  }
  return `nothing was read${mostOf(view, [...view.tables.pageFailure.values()], 'read')}`;
};

/**
 * An armed fault that never fired tested nothing. Counted by name and id: two armed, one fired, is one that never did.
 */
const unfired = (view: View): readonly string[] => {
  const counts = new Map<string, { armed: number; fired: number; never: number; name: string }>();
  for (const { event } of view.tables.faults) {
    const id = `${event.fault} ${event.id ?? ''}`;
    const count = counts.get(id) ?? { armed: 0, fired: 0, never: 0, name: event.fault };
    counts.set(id, count);
    if (event.phase === 'armed') count.armed += 1;
    if (event.phase === 'fired') count.fired += 1;
    if (event.phase === 'never-fired') count.never += 1;
  }
  return [...counts.values()]
    .filter(({ armed, fired, never }) => never > 0 || fired < armed)
    .map(({ name }) => `the fault ${name} was armed and never fired`);
};

const uncrossed = (view: View): readonly string[] => {
  const planned = view.tables.head?.scenario?.['reshard'];
  const missing = (Array.isArray(planned) ? planned.length : 0) - view.tables.reshards.size;
  const reasons = missing > 0 ? [`${several(missing, 'planned reshard')} never happened`] : [];
  if (view.tables.reshards.size === 0) return reasons;
  for (const reshard of view.tables.reshards.values()) {
    if (!isCrossed(view, reshard)) reasons.push(uncrossedWords(view, reshard));
  }
  return reasons;
};

const uncrossedWords = ({ tables }: View, { id, action, result, failure }: Reshard): string => {
  const said = tables.failures.at(failure);
  const what = { fail: ', which failed', info: ', of which nobody knows whether it was done', open: '', ok: '' }[
    result
  ];
  return `no key has records on both sides of reshard ${id} (${action})${what}${said === undefined ? '' : `: ${failureWords(said)}`}`;
};

/**
 * True if a key has records on both sides of a reshard: in a resharded shard or above it, and in a new shard or below
 * it. If the reshard names no shards: in one that was listed later.
 */
const isCrossed = (view: View, { action, t, shards }: Reshard): boolean => {
  const { parents, lastListedT } = crossingsOf(view);
  if (shards.length === 0 || action === 'UpdateShardCount') return lastListedT > t;
  const named = shards.map((name) => view.tables.shards.find(name));
  return named.some((shard) => parents.has(shard)) || named.some((shard) => isPassed(view, shard));
};

/** True if a key has records above the shard and below it, and none in it. */
const isPassed = (view: View, middle: number): boolean => {
  const { lineage } = view;
  return wideKeysOf(view).some(
    ({ shards }) =>
      [...shards].some((one) => lineage.isAncestor(one, middle)) &&
      [...shards].some((one) => lineage.isAncestor(middle, one)),
  );
};

/** What keys crossed that have records in a shard and in one of its descendants. */
type Crossings = {
  /** How many keys. */
  readonly keys: number;
  /** The upper shards. */
  readonly parents: ReadonlySet<number>;
  /** When the last of the lower shards was first listed. */
  readonly lastListedT: number;
};

export const crossingsOf = oncePer((view: View): Crossings => {
  const { lineage } = view;
  const parents = new Set<number>();
  let [keys, lastListedT] = [0, Number.NEGATIVE_INFINITY];
  for (const { shards, keys: so } of wideKeysOf(view)) {
    const above = ancestorsWithin(lineage, shards);
    if (above.size === 0) continue;
    keys += so;
    for (const parent of above) parents.add(parent);
    const { best } = aboveOf(
      lineage,
      (one) => (shards.has(one) ? one : undefined),
      () => true,
    );
    for (const child of shards) {
      if (best(child) === undefined) continue;
      lastListedT = Math.max(lastListedT, lineage.shards[child]?.listedT ?? lastListedT);
    }
  }
  return { keys, parents, lastListedT };
});

/**
 * How many records have one of their flow before them, at comparable places. If n is only the order of first sending:
 * those whose order is known.
 */
export const orderedPairsOf = (view: View): number =>
  isIntentUnknown(view) ? orderKeptOf(view).order.pairs : orderOf(view).pairs;

export const untestedBecause = (view: View): string => {
  if (unidentifiedOf(view).all > 0)
    return 'no record has an identity, so their order is not known: give one, with producer and n of each record (record --id and import --id take them from the payload)';
  if (orderKeptOf(view).unorderedPairs > 0)
    return 'no two comparable records of one key were read: all their calls overlapped, and without a counter their order is not known (give an identity with --id)';
  return 'no two comparable records of one key were read';
};

/** Why one claim cannot be said to hold, besides the guards, which concern all claims. */
export const unknownFor = (view: View, check: Check): string | undefined => {
  if (check.about?.includes('order') === true && orderedPairsOf(view) === 0) return untestedBecause(view);
  if (isAboutKeys(check) && !doKeysLead(view)) {
    return 'the stream distributes records by itself (RecordDistributionStrategy AUTO): keys promise nothing';
  }
  return check.unknown?.(view);
};
