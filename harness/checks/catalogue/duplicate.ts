import type { Check, Found } from '../check.ts';
import { secondRunOf } from '../index/second-run.ts';
import {
  ackLine,
  attemptsOf,
  comesBefore,
  isOk,
  isOpen,
  isSentAgainByClient,
  isWorkload,
  putLine,
  readsOf,
  type View,
} from '../index/view.ts';
import { aboutRecord } from './about.ts';
import {
  failureFields,
  failuresOf,
  inOrder,
  linesOfRecord,
  placeName,
  placeOf,
  quoteOf,
  recordName,
  several,
} from './phrases.ts';

/**
 * A2: one record read at two places. The kind says who doubled it: a retry after an unknown outcome, a second sending
 * after an acknowledgement (resend), or neither (null). Contract, 5.
 */
export const duplicate: Check = {
  summary: 'one record is stored at two places',
  source:
    'after a timeout and a retry "there will be two Kinesis Data Streams records … although the two records have identical data, they also have unique sequence numbers" (developer guide, duplicate records); nothing else allows a second copy',
  example: '#3 was put once and is read at 30 and at 50',
  expect: 'forbid',
  streaming: 'set-aside',
  causes: [
    'A call timed out after it was stored, and was sent again (kind retry).',
    'The producer sent a whole batch again although some of its records were stored (kind resend; fluent-bit#6369).',
    'An SDK or a proxy retried without telling the application.',
  ],
  todo: [
    'Make the consumer idempotent: after a retry a second copy is what AWS documents.',
    'For kind resend: send again only the entries that have an ErrorCode.',
    'For kind null, neither retried nor resent: send each record once, in one call at a time; if it was sent once, report it to the engine with both sequence numbers.',
  ],
  find: function* (view: View): Generator<Found> {
    for (const record of view.odd.records) {
      const head = view.recordReadHead.at(record);
      if (head < 0 || (view.recordReadNext[head] ?? -1) < 0 || !isWorkload(view, record)) continue;
      const places = distinctPlaces(view, record);
      if (places.length > 1) yield found(view, record, places);
    }
  },
};

/** The distinct places of a record, in consumption order. */
export const distinctPlaces = (view: View, record: number): readonly number[] => {
  const places = new Set<number>();
  for (const read of readsOf(view, record)) places.add(view.positions.ofRead[read] ?? -1);
  return places.size < 2 ? [...places] : [...places].sort((a, b) => (comesBefore(view, a, b) ? -1 : 1));
};

/**
 * `resend` comes first: an unknown outcome does not excuse a sending after an acknowledgement that the sender
 * received.
 */
const kindOf = (view: View, record: number): 'resend' | 'retry' | null => {
  const attempts = [...attemptsOf(view, record)];
  const missed = missedAnswers(view, attempts);
  const isTaken = (entry: number): boolean => isOk(view, entry) && !missed.has(opOf(view, entry));
  const acked = attempts.filter(isTaken).map((entry) => ackLine(view, entry));
  if (attempts.some((entry) => acked.some((line) => line < putLine(view, entry)))) return 'resend';
  if (attempts.some((entry) => isSentAgainByClient(view, entry))) return 'retry';
  return attempts.slice(0, -1).some((entry) => isOpen(view, entry) || missed.has(opOf(view, entry))) ? 'retry' : null;
};

/**
 * True if a record without retry or resend was sent as often as it is stored: twice in one call, or by calls that
 * overlap. Contract, 17: then the producer is to blame, not the service.
 */
const isSentAsOften = (view: View, record: number, places: readonly number[]): boolean =>
  [...attemptsOf(view, record)].filter((entry) => isOk(view, entry) || isOpen(view, entry)).length >= places.length;

const opOf = (view: View, entry: number): number => view.tables.opNumber.at(view.tables.entryOp.at(entry));

/**
 * The calls whose answer did not reach the sender, as a later attempt tells (`retryOf`, where the recorder saw the
 * wire).
 */
const missedAnswers = ({ tables }: View, attempts: readonly number[]): ReadonlySet<number> => {
  const missed = new Set<number>();
  for (const entry of attempts) {
    const op = tables.opRetryOf.get(tables.entryOp.at(entry));
    if (op !== undefined) missed.add(op);
  }
  return missed;
};

/** A number that was used by an earlier run of the same producer: no copy, but another record. */
const secondRunWords = (view: View, record: number): string | undefined => {
  const run = secondRunOf(view, view.tables.records.flow.at(record));
  if (run?.records.has(record) !== true) return undefined;
  const bytes = run.hasOtherBytes ? ', with other bytes' : '';
  return `its producer ran twice under one name: on line ${run.line} it counts from #${run.first} again${bytes}. These are two records under one number, and no copy: give each run a producer name, or a first number, of its own`;
};

const whyOf = (view: View, record: number, kind: string | null, places: readonly number[]): string => {
  const attempts = [...attemptsOf(view, record)];
  const count = several(attempts.length, 'time');
  if (kind === 'resend') return secondRunWords(view, record) ?? 'it was sent again after it had been acknowledged';
  if (kind === 'retry') {
    if (attempts.some((entry) => isSentAgainByClient(view, entry)))
      return 'its client sent the call more than once by itself (attempts)';
    return missedAnswers(view, attempts).size > 0
      ? `it was sent ${count}, since the sender did not receive the answer of an earlier put (retryOf)`
      : `it was sent ${count}, since an earlier put had an unknown outcome${quoteOf(failuresOf(view, record))}`;
  }
  if (isSentAsOften(view, record, places))
    return `it was sent ${count} before any of these was answered, and each that was stored is a copy`;
  if (attempts.length > 1)
    return `none of its ${attempts.length} puts had an unknown outcome before the last, and none was sent after an acknowledgement`;
  return attempts.length === 1 ? 'it was sent once' : 'how often it was sent is not recorded';
};

/** True if the last copy is behind a later number of the flow, in its shard or in one that it descends from. */
const isStale = (view: View, record: number, places: readonly number[]): boolean => {
  const { lineage, positions } = view;
  const last = places.at(-1) ?? -1;
  const own = positions.shard.at(last);
  if (hasLater(view, record, positions.first.at(own), last)) return true;
  return lineage.shards.some((_, shard) => {
    if (!lineage.isAncestor(shard, own)) return false;
    const first = positions.first.at(shard);
    return hasLater(view, record, first, first + positions.size.at(shard));
  });
};

/** True if a larger number of its flow was read at one of these places. */
const hasLater = (view: View, record: number, from: number, to: number): boolean => {
  const { records, readRecord } = view.tables;
  const [flow, n] = [records.flow.at(record), records.n.at(record)];
  for (let position = from; position < to; position += 1) {
    for (let read = view.positions.readHead.at(position); read >= 0; read = view.positions.readNext[read] ?? -1) {
      const other = readRecord.at(read);
      if (other >= 0 && records.flow.at(other) === flow && records.n.at(other) > n) return true;
    }
  }
  return false;
};

/** More places are only counted: if a counter never changes, thousands of records are taken for copies of one. */
const namedMax = 8;

const placeNames = (view: View, places: readonly number[]): string => {
  const named = places.slice(0, namedMax).map((place) => placeName(view, place));
  const more = places.length - named.length;
  return [...named, ...(more > 0 ? [several(more, 'more place')] : [])].join(' and at ');
};

const found = (view: View, record: number, places: readonly number[]): Found => {
  const kind = kindOf(view, record);
  const isProducers = kind !== null || isSentAsOften(view, record, places);
  return {
    kind,
    blame: !view.hasPuts ? null : isProducers ? 'producer' : 'service-write',
    ...(kind === 'retry' ? { expect: 'allow' as const } : {}),
    ...aboutRecord(view, record, places),
    tell: () => {
      const attempts = [...attemptsOf(view, record)].length;
      const stale = isStale(view, record, places);
      return {
        sentence: `${recordName(view, record)} was read at ${placeNames(view, places)}; ${whyOf(view, record, kind, places)}.${stale ? ' The copy lies behind a later number of its key.' : ''}`,
        evidence: {
          places: places.map((place) => placeOf(view, place)),
          attempts,
          stale,
          ...failureFields(failuresOf(view, record)),
        },
        witness: inOrder(linesOfRecord(view, record)),
      };
    },
  };
};
