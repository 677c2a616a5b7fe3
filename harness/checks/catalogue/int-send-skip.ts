import { type Check, type Found, restOf } from '../check.ts';
import { outcome } from '../index/tables.ts';
import { ackLine, acksAt, attemptsOf, isOk, recordsAt, type View } from '../index/view.ts';
import { atLine, inOrder, lineOfRead, linesOfAck, linesOfEntry, placeName, placeOf, shardName } from './phrases.ts';

/** D5: somebody else's record between two records of one PutRecords in one shard. */
export const intSendSkip: Check = {
  summary: 'records of other calls are stored between those of one PutRecords',
  source: '"PutRecords doesn\'t guarantee the ordering of records" (SDK): a call is no transaction',
  example: 'a call of p1 gets 10 and 30; p2 gets 20',
  expect: 'allow',
  streaming: 'set-aside',
  causes: ['Another producer wrote to the shard at the same time.'],
  todo: ['Do not take a call for a transaction.'],
  notApplicable: (view) => (view.hasPuts ? undefined : 'puts were not recorded'),
  find: function* (view: View): Generator<Found> {
    const { apart } = view.totals;
    const [counted, shown] = [new Set(apart.shards), new Set(apart.ops)];
    let left = apart.found;
    let latest: Found | undefined;
    for (const one of callsApart(view)) {
      if (counted.has(one.shard)) {
        if (!shown.has(view.tables.opNumber.at(one.op))) continue;
        left -= 1;
      }
      latest = found(view, one);
      yield latest;
    }
    yield* restOf(left, latest, 'calls were counted apart');
  },
};

/**
 * Fast path: true if each entry is right behind the previous entry of its shard. `last`: by shard, the entry that was
 * looked at last, of any call.
 */
const isTogether = ({ tables, positions }: View, op: number, last: Int32Array): boolean => {
  const first = tables.opFirst.at(op);
  for (let entry = first; entry < first + tables.opCount.at(op); entry += 1) {
    if (tables.entryStatus.at(entry) !== outcome.ok) continue;
    const shard = tables.entryShard.at(entry);
    const before = last[shard] ?? -1;
    last[shard] = entry;
    if (before >= first && positions.ofEntry[entry] !== (positions.ofEntry[before] ?? -1) + 1) return false;
  }
  return true;
};

type CallApart = { readonly op: number; readonly shard: number; readonly span: Span; readonly stranger: number };

function* callsApart(view: View): Generator<CallApart> {
  const last = new Int32Array(view.tables.shards.size).fill(-1);
  for (let op = 0; op < view.tables.opNumber.length; op += 1) {
    if (view.tables.opSentinel.at(op) === 0 && !isTogether(view, op, last)) yield* callOf(view, op);
  }
}

type Span = { readonly low: number; readonly high: number; readonly entry: number };

function* callOf(view: View, op: number): Generator<CallApart> {
  const spans = new Map<number, Span>();
  const first = view.tables.opFirst.at(op);
  for (let entry = first; entry < first + view.tables.opCount.at(op); entry += 1) {
    if (!isOk(view, entry)) continue;
    const position = view.positions.ofEntry[entry] ?? -1;
    const shard = view.tables.entryShard.at(entry);
    const span = spans.get(shard) ?? { low: position, high: position, entry };
    spans.set(shard, {
      low: Math.min(span.low, position),
      high: Math.max(span.high, position),
      entry,
    });
  }
  for (const [shard, span] of spans) {
    const stranger = strangerIn(view, op, span);
    if (stranger >= 0) yield { op, shard, span, stranger };
  }
}

const strangerIn = (view: View, op: number, { low, high }: Span): number => {
  for (let position = low + 1; position < high; position += 1) if (!isOfCall(view, op, position)) return position;
  return -1;
};

/**
 * True if a place was acknowledged to the call; or to none, and has one of its records: an entry of unknown outcome,
 * or a copy.
 */
const isOfCall = (view: View, op: number, position: number): boolean => {
  const owners = [...acksAt(view, position)];
  if (owners.length > 0) return owners.some((entry) => view.tables.entryOp.at(entry) === op);
  return recordsAt(view, position).some((record) =>
    [...attemptsOf(view, record)].some((entry) => view.tables.entryOp.at(entry) === op),
  );
};

const found = (view: View, { span, stranger, shard }: CallApart): Found => ({
  kind: null,
  blame: 'service-write',
  records: recordsAt(view, stranger),
  entries: [span.entry],
  positions: [stranger],
  flow: view.tables.entryFlow.at(span.entry),
  shards: [shard],
  tell: () => ({
    sentence: `The PutRecords answered on ${atLine(ackLine(view, span.entry))} got ${placeName(view, span.low)} to ${placeName(view, span.high)} in ${shardName(view, shard)}; ${placeName(view, stranger)} between them is not its own.`,
    evidence: { low: placeOf(view, span.low), high: placeOf(view, span.high), between: placeOf(view, stranger) },
    witness: inOrder([...linesOfEntry(view, span.entry), ...linesOfAck(view, stranger), ...lineOfRead(view, stranger)]),
  }),
});
