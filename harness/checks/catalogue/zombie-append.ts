import type { Check, Found } from '../check.ts';
import { expectOfOrder, isPipeline } from '../index/modes.ts';
import { orderOf } from '../index/order.ts';
import { isImported, unknownByImport, voidByImport } from '../index/sending-order.ts';
import {
  ackLine,
  acksAt,
  attemptsOf,
  comesBefore,
  isOk,
  isOpen,
  isWorkload,
  mayHaveLanded,
  putLine,
  type View,
} from '../index/view.ts';
import { aboutRecord } from './about.ts';
import { distinctPlaces } from './duplicate.ts';
import { isZombie } from './key-reorder.ts';
import {
  failureFields,
  failuresOf,
  inOrder,
  linesOfRecord,
  placeName,
  placeOf,
  quoteOf,
  recordName,
} from './phrases.ts';

/** Why it is allowed, see `source`. */
const allowed = 'an attempt that timed out may still be stored';

/**
 * D8: an attempt of unknown outcome lands late: behind records that were sent after its producer had given it up or
 * repeated it. Contract, 4.
 */
export const zombieAppend: Check = {
  summary: 'an abandoned put is stored late, after newer records of its key',
  source: '"a timed-out request may actually succeed at the backend" (KPL, RequestTimeout): allowed',
  example: 'the put of #1 times out; #2 is put and acknowledged; then #1 is stored after it',
  expect: 'allow',
  streaming: 'set-aside',
  causes: ['A call timed out, was given up or sent again, and was stored after a newer record of its key.'],
  todo: [
    'After a timeout wait until the outcome is known, or write with PutRecord and SequenceNumberForOrdering.',
    'Let the consumer drop a number below the highest that it has handled.',
  ],
  about: ['keys', 'arrival'],
  notApplicable: (view) => (view.hasPuts ? voidByImport(view) : 'puts were not recorded'),
  unknown: (view) => unknownByImport(view),
  why: (view) => (isPipeline(view) ? expectOfOrder(view) : { expect: 'allow', why: allowed }),
  find: function* (view: View): Generator<Found> {
    if (isImported(view)) return;
    const said = new Set<number>();
    for (const late of orderOf(view).late) {
      const { record, larger } = late;
      if (!isZombie(view, late)) continue;
      said.add(record);
      yield found(view, record, view.firstSeen.at(record), larger);
    }
    for (const record of view.odd.records) {
      const head = view.recordReadHead.at(record);
      if (head < 0 || (view.recordReadNext[head] ?? -1) < 0 || said.has(record) || !isWorkload(view, record)) continue;
      const copy = staleCopy(view, record);
      if (copy !== undefined) yield found(view, record, copy.place, copy.newer);
    }
  },
};

/**
 * A copy at a place that no acknowledgement named, after a record of the flow that was first sent when another attempt
 * had been acknowledged.
 */
const staleCopy = (view: View, record: number): { readonly place: number; readonly newer: number } | undefined => {
  const places = distinctPlaces(view, record);
  if (places.length < 2) return undefined;
  const since = repeatedAt(view, record);
  for (const place of places) {
    if (place === view.firstSeen.at(record) || isAckedTo(view, place, record)) continue;
    const newer = newerBefore(view, record, place, since);
    if (newer >= 0) return { place, newer };
  }
  return undefined;
};

/**
 * Line of the first acknowledgement of an attempt that came after one of unknown outcome; Infinity where there is
 * none.
 */
const repeatedAt = (view: View, record: number): number => {
  let isAbandoned = false;
  let since = Number.POSITIVE_INFINITY;
  for (const entry of attemptsOf(view, record)) {
    if (isAbandoned && isOk(view, entry)) since = Math.min(since, ackLine(view, entry));
    isAbandoned ||= isOpen(view, entry);
  }
  return since;
};

const isAckedTo = (view: View, place: number, record: number): boolean => {
  for (const entry of acksAt(view, place)) if (view.tables.entryRecord.at(entry) === record) return true;
  return false;
};

const newerBefore = (view: View, record: number, place: number, since: number): number => {
  const { records } = view.tables;
  const flow = records.flow.at(record);
  const shard = view.positions.shard.at(place);
  for (let position = place - 1; position >= view.positions.first.at(shard); position -= 1) {
    for (let read = view.positions.readHead.at(position); read >= 0; read = view.positions.readNext[read] ?? -1) {
      const other = view.tables.readRecord.at(read);
      if (other < 0 || other === record || records.flow.at(other) !== flow) continue;
      const sent = view.attemptHead.at(other);
      if (sent >= 0 && putLine(view, sent) > since && comesBefore(view, view.firstSeen.at(other), place)) return other;
    }
  }
  return -1;
};

const found = (view: View, record: number, place: number, newer: number): Found => ({
  kind: null,
  blame: isPipeline(view) ? 'producer' : 'service-write',
  ...(isPipeline(view) ? { expect: 'forbid' as const } : {}),
  ...aboutRecord(view, record, [place]),
  // The calls of the record that it is behind, to find what happened near it.
  entries: [...attemptsOf(view, newer)],
  key: view.tables.records.flowKey.at(view.tables.records.flow.at(record)),
  tell: () => ({
    sentence: `A put of ${recordName(view, record)} ${mayHaveLanded(view, record) ? 'had an unknown outcome' : 'definitely failed'}${quoteOf(failuresOf(view, record))}; it landed at ${placeName(view, place)}, a place that no acknowledgement named, behind ${recordName(view, newer)}, which was sent later.`,
    evidence: {
      ...placeOf(view, place),
      behind: view.tables.records.n.at(newer),
      ...failureFields(failuresOf(view, record)),
    },
    witness: inOrder([...linesOfRecord(view, record), ...linesOfRecord(view, newer)]),
  }),
});
