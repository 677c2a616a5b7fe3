import type { Blame } from '../../model/verdict.ts';
import type { Check, Found, Told } from '../check.ts';
import { expectOfOrder, hasOrderOnlyByChance, isOrderPromised, isPipeline, modeNames, modeOf } from '../index/modes.ts';
import { type Late, landedEntry, orderOf, placedEntry } from '../index/order.ts';
import { isImported, isIntentUnknown, unknownByImport } from '../index/sending-order.ts';
import { ackLine, attemptsOf, isOk, isOpen, putLine, type View } from '../index/view.ts';
import {
  atLine,
  failureFields,
  failuresOf,
  firstAcked,
  inOrder,
  linesOfRecord,
  placeName,
  placeOf,
  quoteOf,
  recordName,
} from './phrases.ts';

/**
 * D6, D7: what a consumer of one key suffers. First occurrences in consumption order are not in the order in which the
 * application handed them over. Contract, 4.
 */
export const keyReorder: Check = {
  summary: 'records of one key are read in another order than they were written',
  source:
    '"If you need to read records in the same order they are written to the stream, use PutRecord instead of PutRecords, and write to the same shard" (SDK, PutRecords)',
  example: '#1 is acknowledged, then #2 is put; readers receive #2 before #1',
  expect: 'forbid',
  streaming: 'set-aside',
  causes: [
    'An entry of PutRecords failed and was sent again behind newer records of its key (kind retry; redpanda-connect#1641, flink#18488).',
    'Two calls of one key were under way at the same time, in threads or asynchronously (amazon-kinesis-producer#23).',
    'The application handed the record over late, behind newer ones (kind sent-late).',
  ],
  todo: [
    'Where order matters: PutRecord, one call of a key at a time, each with SequenceNumberForOrdering.',
    'With PutRecords: after a failed entry hold back all newer records of its key, and send them again in order.',
    'Or let the consumer sort by a counter of the producer.',
  ],
  about: ['order', 'keys', 'arrival'],
  why: (view) => expectOfOrder(view),
  unknown: (view) => unknownByImport(view),
  find: function* (view: View): Generator<Found> {
    for (const late of orderOf(view).late) {
      if (isImported(view)) yield foundInImport(view, late);
      else if (!isZombie(view, late)) yield found(view, late);
    }
  },
};

/**
 * True for a `zombie-append`, which is no reorder: no acknowledgement names the record's place, and an attempt of
 * unknown outcome may have been stored there. But it is late only if it was sent before the records that stand before
 * it; else the producer sent it in another order (contract, rule 17). An attempt that definitely failed was not
 * stored. If none was acknowledged either, `aborted-read` reports it.
 */
export const isZombie = (view: View, { record, beforePlaced }: Late): boolean => {
  if (!view.hasPuts || placedEntry(view, record) >= 0) return false;
  if (landedEntry(view, record) >= 0) return beforePlaced < 0;
  const attempts = [...attemptsOf(view, record)];
  return attempts.some((entry) => isOpen(view, entry)) || !attempts.some((entry) => isOk(view, entry));
};

/** True if one call stored both: then only the order inside that call counts. */
const isOneCall = (view: View, a: number, b: number): boolean =>
  a >= 0 && b >= 0 && view.tables.entryOp.at(a) === view.tables.entryOp.at(b);

/** How it came about, as far as the order of sending tells. */
type Cause = {
  /** The larger number that the finding names. */
  readonly other: number;
  /** Acknowledged before the other one was sent. */
  readonly isAckedBefore: boolean;
  /** Sent to its place after the other one had been sent; `retry`: not for the first time. Contract, rule 17. */
  readonly kind: 'retry' | 'sent-late' | null;
};

const causeOf = (view: View, { record, afterAck, beforePlaced, larger, intended }: Late): Cause => {
  if (afterAck >= 0) return { other: afterAck, isAckedBefore: view.hasPuts, kind: null };
  const other = isIntentUnknown(view) ? intended : beforePlaced >= 0 ? beforePlaced : larger;
  const placed = landedEntry(view, record);
  const isLate = placed >= 0 && putLine(view, placed) > putLine(view, view.attemptHead.at(other));
  const isAgain = placed !== view.attemptHead.at(record);
  return { other, isAckedBefore: false, kind: !isLate ? null : isAgain ? 'retry' : 'sent-late' };
};

/**
 * The producer is to blame for letting the two overlap, unless the smaller number was acknowledged before the larger
 * one was sent. Contract, rule 17, and `question`.
 */
const blameFor = (view: View, flow: number, { isAckedBefore }: Cause): Blame => {
  if (!view.hasPuts) return null;
  return isAckedBefore && (!isPipeline(view) || isOrderPromised(view, flow)) ? 'service-write' : 'producer';
};

const found = (view: View, late: Late): Found => {
  const { record, flow } = late;
  const cause = causeOf(view, late);
  const isInside =
    view.hasPuts && !cause.isAckedBefore && isOneCall(view, placedEntry(view, record), placedEntry(view, cause.other));
  return {
    ...findingOf(view, late, cause.other),
    kind: cause.kind,
    blame: blameFor(view, flow, cause),
    ...(isInside ? { variant: 'one-call' } : {}),
    ...(hasOrderOnlyByChance(view, flow) && !isPipeline(view) ? { expect: 'allow' as const } : {}),
    tell: () => toldOf(view, late, cause.other, sentenceOf(view, late, cause)),
  };
};

/** In merged logs only places and numbers are known, not what was sent first. */
const foundInImport = (view: View, late: Late): Found => ({
  ...findingOf(view, late, late.larger),
  blame: view.hasPuts && !isOrderPromised(view, late.flow) ? 'producer' : null,
  ...(isPipeline(view) ? {} : { expect: 'report' as const }),
  tell: () => toldOf(view, late, late.larger, storedBefore(view, late)),
});

const findingOf = (view: View, { record, flow }: Late, other: number): Omit<Found, 'tell'> => {
  const positions = [view.firstSeen.at(record), view.firstSeen.at(other)];
  return {
    kind: null,
    blame: null,
    records: [record, other],
    positions,
    flow,
    key: view.tables.records.flowKey.at(flow),
    shards: positions.map((position) => view.positions.shard.at(position)),
  };
};

const toldOf = (view: View, { record, flow, inversions }: Late, other: number, sentence: string): Told => ({
  sentence,
  evidence: {
    late: { n: view.tables.records.n.at(record), ...placeOf(view, view.firstSeen.at(record)) },
    before: { n: view.tables.records.n.at(other), ...placeOf(view, view.firstSeen.at(other)) },
    inversions,
    mode: modeNames[modeOf(view, flow)] ?? '',
    ...failureFields(failuresOf(view, record)),
  },
  witness: inOrder([...linesOfRecord(view, record), ...linesOfRecord(view, other)]),
});

const readAs = (view: View, record: number, other: number): string => {
  const [one, two] = [recordName(view, record), recordName(view, other)];
  return `readers meet ${two} at ${placeName(view, view.firstSeen.at(other))}, before ${one} at ${placeName(view, view.firstSeen.at(record))}`;
};

/** For histories without the order of sending: only the producer's counter is known. */
const countedBefore = (view: View, record: number, other: number): string =>
  `${recordName(view, record)} counts before ${recordName(view, other)}; however ${readAs(view, record, other)}.`;

/**
 * In merged logs the consumer may have been given the two in another order than they are stored in. Of two puts a log
 * says when a line was written, and not when each was sent and answered.
 */
const storedBefore = (view: View, { record, larger, flow }: Late): string => {
  const [one, two] = [recordName(view, record), recordName(view, larger)];
  const [here, there] = [record, larger].map((of) => placeName(view, view.firstSeen.at(of)));
  const words = `${one} counts before ${two}; however ${two} lies at ${there}, before ${one} at ${here}.`;
  if (!view.hasPuts) return words;
  const promised = isOrderPromised(view, flow) ? '' : ', and no order is promised to puts of their kind';
  return `${words} A line of a log is one moment: whether their puts overlapped is not known${promised}.`;
};

/** Why a record was sent again, if the engine said so. Contract, rule 25. */
const againWords = (view: View, record: number): string => {
  const quote = quoteOf(failuresOf(view, record));
  return quote === '' ? '' : `, since an earlier put was not acknowledged${quote},`;
};

/** What the engine said of a put that may have been stored all the same. */
const unknownWords = (view: View, record: number): string => {
  const quote = quoteOf(failuresOf(view, record));
  return quote === '' ? '' : `, not acknowledged${quote}`;
};

/** Says which of the two the call held first: so whether they were stored in the order of sending. */
const inOneCall = (view: View, record: number, other: number): string => {
  const [one, two] = [placedEntry(view, record), placedEntry(view, other)];
  const call = `One call (${atLine(putLine(view, one))})`;
  return one < two
    ? `${call} held ${recordName(view, record)} before ${recordName(view, other)}, and PutRecords promises no order inside a call`
    : `${call} held ${recordName(view, other)} before ${recordName(view, record)}: they were sent in this order, and stored as they were sent`;
};

const oneCallAdvice =
  'What to do: hand the records of a key over in the order of their numbers, one record of a key per call.';

const sentenceOf = (view: View, { record }: Late, { other, isAckedBefore, kind }: Cause): string => {
  if (!view.hasPuts) return countedBefore(view, record, other);
  const [one, two] = [recordName(view, record), recordName(view, other)];
  const read = readAs(view, record, other);
  const sent = putLine(view, view.attemptHead.at(other));
  const landed = landedEntry(view, record);
  const placed = putLine(view, landed < 0 ? view.attemptHead.at(record) : landed);
  if (isAckedBefore)
    return `${one} was acknowledged (${atLine(ackLine(view, firstAcked(view, record)))}) before ${two} was sent (${atLine(sent)}); however ${read}.`;
  if (kind === 'retry')
    return `${one} was sent again (${atLine(placed)})${againWords(view, record)} after ${two} had been sent (${atLine(sent)}), and only then stored; so ${read}.`;
  if (kind === 'sent-late')
    return `${one} was sent once (${atLine(placed)})${unknownWords(view, record)}, and only after ${two} (${atLine(sent)}); so ${read}.`;
  if (isOneCall(view, placedEntry(view, record), placedEntry(view, other)))
    return `${inOneCall(view, record, other)}; ${read}. ${oneCallAdvice}`;
  return `${one} (${atLine(placed)}) and ${two} (${atLine(sent)}) were under way at the same time, in calls that overlap; ${read}.`;
};
