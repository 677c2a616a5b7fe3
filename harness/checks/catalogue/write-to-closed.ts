import type { Check, Found } from '../check.ts';
import { isSurelyAfter, type Moment, sentAt } from '../index/clocks.ts';
import { isOpenShard, isReshardPlanned } from '../index/families.ts';
import { isImported, unknownByImport, voidByImport } from '../index/sending-order.ts';
import { isOk, isSentinel, putLine, type View } from '../index/view.ts';
import {
  atLine,
  failureFields,
  failuresOf,
  inOrder,
  lineOfRead,
  linesOfEntry,
  placeName,
  placeOf,
  quoteOf,
  recordName,
  several,
  shardName,
} from './phrases.ts';

/**
 * E3: stored in a shard that was known to be closed when the put was sent: acknowledged there, or read there though
 * every put of the record was sent too late. By time, since engines declare ending numbers that mean nothing.
 * Contract, 10.
 */
export const writeToClosed: Check = {
  summary: 'a put is stored in a shard that was already closed',
  source:
    '"After a reshard … CLOSED: data records are no longer added to the shard" (developer guide, after resharding)',
  example: 'a topology shows shard 0 closed; a put sent after it is acknowledged in shard 0',
  expect: 'forbid',
  streaming: 'set-aside',
  causes: [
    'The engine still stores in a shard that it has closed (moto up to 5.2).',
    'A list of shards was shown before the reshard was done.',
  ],
  todo: [
    'Read the parent to its end before its children, and again later.',
    'Report it with the line that shows the shard closed.',
  ],
  notApplicable: (view) => {
    if (!view.hasPuts) return 'puts were not recorded';
    return closedSince(view).size > 0 || isReshardPlanned(view) ? voidByImport(view) : 'no shard was closed';
  },
  unknown: (view) => unknownByImport(view),
  find: function* (view: View): Generator<Found> {
    const closed = closedSince(view);
    if (closed.size === 0 || !view.hasPuts || isImported(view)) return;
    for (let entry = 0; entry < view.tables.entryOp.length; entry += 1) {
      if (!isOk(view, entry) || isSentinel(view, entry)) continue;
      const since = closed.get(view.tables.entryShard.at(entry));
      if (since !== undefined && isSurelyAfter(view, sentAt(view, entry), since))
        yield found(view, { entry, position: view.positions.ofEntry[entry] ?? -1, line: since.line });
    }
    for (const [shard, since] of closed) yield* landedIn(view, shard, since);
  },
};

type Landing = { readonly entry: number; readonly position: number; readonly line: number };

/**
 * Places of a closed shard that were not acknowledged, and hold a record that was first sent after the shard was shown
 * closed.
 */
function* landedIn(view: View, shard: number, since: Moment): Generator<Found> {
  const first = view.positions.first.at(shard);
  const end = first + view.positions.size.at(shard);
  for (let position = first; position < end; position += 1) {
    const read = view.positions.readHead.at(position);
    const record = read < 0 || view.positions.ackHead.at(position) >= 0 ? -1 : view.tables.readRecord.at(read);
    const entry = record < 0 ? -1 : view.attemptHead.at(record);
    if (entry >= 0 && !isSentinel(view, entry) && isSurelyAfter(view, sentAt(view, entry), since))
      yield found(view, { entry, position, line: since.line });
  }
}

/** Per shard, the first line that shows it closed: a topology, or the answer to a reshard that names it. */
export const closedSince = ({ lineage, tables }: Pick<View, 'lineage' | 'tables'>): ReadonlyMap<number, Moment> => {
  const closed = new Map<number, Moment>();
  const note = (shard: number, line: number, t: number): void => {
    if (shard >= 0 && line > 0 && line < (closed.get(shard)?.line ?? Number.POSITIVE_INFINITY))
      closed.set(shard, { line, t });
  };
  lineage.shards.forEach(({ closedLine, closedT }, id) => note(id, closedLine, closedT));
  for (const { action, shards, result, doneLine, doneT } of tables.reshards.values()) {
    if (result !== 'ok' || action === 'UpdateShardCount') continue;
    for (const name of shards) note(tables.shards.find(name), doneLine, doneT);
  }
  return closed;
};

const found = (view: View, { entry, position, line }: Landing): Found => {
  const record = view.tables.entryRecord.at(entry);
  const shard = view.positions.shard.at(position);
  return {
    kind: null,
    blame: 'service-write',
    records: [record],
    entries: [entry],
    positions: [position],
    flow: view.tables.entryFlow.at(entry),
    key: view.tables.records.flowKey.at(view.tables.entryFlow.at(entry)),
    shards: [shard],
    tell: () => {
      const open = listedOpen(view, shard, line, putLine(view, entry));
      const isAcked = isOk(view, entry);
      const failures = isAcked ? [] : failuresOf(view, record);
      const put = `${recordName(view, record)}, sent later (${atLine(putLine(view, entry))})`;
      return {
        sentence: `${closedWords(view, shard, line)}${openWords(open)}; however ${put}${quoteOf(failures)}, ${isAcked ? 'was acknowledged' : 'lies'} at ${placeName(view, position)}.`,
        evidence: {
          ...placeOf(view, position),
          closedOnLine: line,
          ...(open.length === 0 ? {} : { openOnLines: open.slice(0, linesMax) }),
          ...failureFields(failures),
        },
        witness: inOrder([
          line,
          ...open.slice(0, 1),
          ...linesOfEntry(view, entry),
          ...(view.positions.ackHead.at(position) < 0 ? lineOfRead(view, position) : []),
        ]),
      };
    },
  };
};

const linesMax = 20;

/** Lists that show a shard open, though it was shown closed before, and the put was sent only later. */
const listedOpen = (view: View, shard: number, closedLine: number, sentLine: number): readonly number[] => {
  const name = shardName(view, shard);
  return view.tables.snapshots
    .filter(({ line }) => line > closedLine && line < sentLine)
    .filter(({ event }) => event.shards.some((info) => info.shard === name && isOpenShard(info)))
    .map(({ line }) => line);
};

/** Says what shows that the shard is closed: a topology, or the answer to a reshard. */
const closedWords = (view: View, shard: number, line: number): string => {
  const reshard = [...view.tables.reshards.values()].find(({ doneLine }) => doneLine === line);
  const name = shardName(view, shard);
  return reshard === undefined
    ? `${name} was listed closed on ${atLine(line)}`
    : `${name} was closed by ${reshard.action}, which was done on ${atLine(line)}`;
};

const openWords = ([first, ...others]: readonly number[]): string =>
  first === undefined
    ? ''
    : `, though the topology on ${atLine(first)}${others.length === 0 ? ' lists' : ` and ${several(others.length, 'later one')} list`} it open`;
