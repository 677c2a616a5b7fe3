import type { Check, Found } from './check.ts';
import { expectByMode, hasOrderOnlyByChance, modeNames, modeOf } from './view/modes.ts';
import { type Late, orderOf, placedEntry } from './view/order.ts';
import { ackLine, attemptsOf, isOk, isOpen, putLine, type View } from './view/view.ts';
import { atLine, firstAcked, inOrder, linesOfRecord, placeName, placeOf, recordName } from './words.ts';

/** D6, D7: what a consumer of one key suffers. First occurrences in consumption order are not in the order in which the application handed them over. Contract, 4. */
export const keyReorder: Check = {
  summary: 'records of one key are read in another order than they were written',
  source:
    '"If you need to read records in the same order they are written to the stream, use PutRecord instead of PutRecords, and write to the same shard" (SDK, PutRecords)',
  example: '#1 is acknowledged, then #2 is put; readers meet #2 before #1',
  expect: 'forbid',
  about: ['order', 'keys'],
  why: (view) => expectByMode(view),
  find: function* (view: View): Generator<Found> {
    for (const late of orderOf(view).late) if (!isZombie(view, late.record)) yield found(view, late);
  },
};

/**
 * Its place was acknowledged to nobody, and an attempt of unknown outcome may have landed there: `zombie-append`, and no reorder. One that surely failed did not; where
 * none was acknowledged either, the producer has nothing to compare with, and it is `aborted-read` that speaks.
 */
export const isZombie = (view: View, record: number): boolean => {
  if (!view.hasPuts || placedEntry(view, record) >= 0) return false;
  let isAcked = false;
  for (const entry of attemptsOf(view, record)) {
    if (isOpen(view, entry)) return true;
    isAcked ||= isOk(view, entry);
  }
  return !isAcked;
};

/** Stored by the same call, both of them: then it is the order of that call, and of no other. */
const isOneCall = (view: View, a: number, b: number): boolean =>
  a >= 0 && b >= 0 && view.tables.entryOp.at(a) === view.tables.entryOp.at(b);

const found = (view: View, late: Late): Found => {
  const { record, flow } = late;
  const isRetry = late.afterAck < 0 && late.beforePlaced >= 0;
  const other = late.afterAck >= 0 ? late.afterAck : isRetry ? late.beforePlaced : late.larger;
  const [own, before] = [placedEntry(view, record), placedEntry(view, other)];
  const isInside = view.hasPuts && late.afterAck < 0 && isOneCall(view, own, before);
  const isByProducer = isRetry || (isInside && own > before);
  return {
    kind: isRetry ? 'retry' : null,
    blame: !view.hasPuts ? null : isByProducer ? 'producer' : 'service-write',
    ...(isInside ? { variant: 'one-call' } : {}),
    ...(hasOrderOnlyByChance(view, flow) ? { expect: 'allow' as const } : {}),
    records: [record, other],
    positions: [view.firstSeen.at(record), view.firstSeen.at(other)],
    flow,
    key: view.tables.records.flowKey.at(flow),
    shards: [view.positions.shard.at(view.firstSeen.at(record)), view.positions.shard.at(view.firstSeen.at(other))],
    tell: () => ({
      sentence: sentenceOf(view, late, other, isRetry),
      evidence: {
        late: { n: view.tables.records.n.at(record), ...placeOf(view, view.firstSeen.at(record)) },
        before: { n: view.tables.records.n.at(other), ...placeOf(view, view.firstSeen.at(other)) },
        inversions: late.inversions,
        mode: modeNames[modeOf(view, flow)] ?? '',
      },
      witness: inOrder([...linesOfRecord(view, record), ...linesOfRecord(view, other)]),
    }),
  };
};

const sentenceOf = (view: View, late: Late, other: number, isRetry: boolean): string => {
  const [one, two] = [recordName(view, late.record), recordName(view, other)];
  const read = `readers meet ${two} at ${placeName(view, view.firstSeen.at(other))}, before ${one} at ${placeName(view, view.firstSeen.at(late.record))}`;
  if (!view.hasPuts) return `${one} was handed over before ${two}; however ${read}.`;
  const sent = putLine(view, view.attemptHead.at(other));
  if (late.afterAck >= 0) {
    return `${one} was acknowledged (${atLine(ackLine(view, firstAcked(view, late.record)))}) before ${two} was sent (${atLine(sent)}); however ${read}.`;
  }
  if (isRetry) {
    return `${one} was sent again (${atLine(putLine(view, placedEntry(view, late.record)))}) after ${two} had been sent (${atLine(sent)}), and only then stored; so ${read}.`;
  }
  return `${one} and ${two} were under way at the same time, in one call or in overlapping ones; ${read}.`;
};
