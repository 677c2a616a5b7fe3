import type { Check, Found } from '../check.ts';
import { acksAt, isSentinel, readLine, readsAt, type View } from '../index/view.ts';
import { inOrder, linesOfEntry, placeName, placeOf, recordName } from './phrases.ts';

/** A1: one place, two records: acknowledged to two, read as two, or acknowledged to one and read as another. */
export const inconsistentOffsets: Check = {
  summary: 'one place of the stream holds two different records',
  source:
    '"Each data record has a unique sequence number" (SDK, PutRecord: "unique to all records in the stream"; developer guide: "within its shard")',
  example: '#1 and #2 are both acknowledged at 20',
  expect: 'forbid',
  streaming: 'settled',
  causes: [
    'The engine handed one sequence number to two records, often after a restart that lost its last state (kinesis-local with persistence, killed between two saves).',
    'A recorder or an importer mixed lines of two streams or of two runs.',
  ],
  todo: [
    'Compare the request ids of both acknowledgements; on AWS open a support case with them.',
    'On an emulator run the same scenario on another engine, and without a restart.',
  ],
  find: function* (view: View): Generator<Found> {
    for (const position of view.odd.places) {
      const acked = holders(view.tables.entryRecord, acksAt(view, position));
      const read = holders(view.tables.readRecord, readsAt(view, position));
      const [kind, ...records] = conflict(view, position, acked, read) ?? [];
      if (kind !== undefined) yield found(view, position, kind, records);
    }
  },
};

/** The first two distinct records of known identity: two are enough. */
const holders = (owner: { at: (index: number) => number }, items: Iterable<number>): readonly number[] => {
  let first = -1;
  for (const item of items) {
    const record = owner.at(item);
    if (record < 0 || record === first) continue;
    if (first >= 0) return [first, record];
    first = record;
  }
  return first < 0 ? [] : [first];
};

/** The kind of a conflict, with its two records if they are known. */
type Conflict = readonly [kind: string, ...records: number[]];

const conflict = (
  view: View,
  position: number,
  acked: readonly number[],
  read: readonly number[],
): Conflict | undefined => {
  const [ack, ackOther] = acked;
  const [seen, seenOther] = read;
  if (ack !== undefined && ackOther !== undefined) return ['two-acks', ack, ackOther];
  if (seen !== undefined && seenOther !== undefined) return ['two-reads', seen, seenOther];
  if (seen === undefined) return hasTwoContents(view, position) ? ['two-reads'] : undefined;
  if (hasTwoContents(view, position) || isReadNameless(view, position)) return ['two-reads', seen, seen];
  if (ack === undefined || ack === seen) return undefined;
  return ['ack-and-read', ack, seen];
};

/** True if two reads have different bytes. Without puts, only a second read can contradict the bytes of the first. */
const hasTwoContents = (view: View, position: number): boolean => {
  let known: string | undefined;
  for (const read of readsAt(view, position)) {
    const digest = view.tables.digests.text(view.tables.digestOfRead(read));
    if (digest === undefined) continue;
    if (known !== undefined && known !== digest) return true;
    known = digest;
  }
  return false;
};

/**
 * True if a place was read as a record, and also without identity: other bytes, unless they are known to be the same.
 * Sentinels are excepted: a reader need not know their identity.
 */
const isReadNameless = (view: View, position: number): boolean => {
  for (const entry of acksAt(view, position)) if (isSentinel(view, entry)) return false;
  const digests = new Set<string | undefined>();
  const nameless = new Set<string | undefined>();
  for (const read of readsAt(view, position)) {
    const digest = view.tables.digests.text(view.tables.digestOfRead(read));
    (view.tables.readRecord.at(read) < 0 ? nameless : digests).add(digest);
  }
  return [...nameless].some((digest) => digest === undefined || !digests.has(digest));
};

const says: Readonly<Record<string, string>> = {
  'two-acks': 'was acknowledged to',
  'two-reads': 'was read as',
  'ack-and-read': 'was acknowledged to the first and read as the second:',
};

/** Records without identity are told apart by their bytes. */
const named = (view: View, records: readonly number[]): string => {
  const [one, other] = records.map((record) => recordName(view, record));
  if (one === undefined) return 'a record without identity, and again with other bytes';
  return `${one} and ${one === other ? 'again with other bytes' : other}`;
};

const found = (view: View, position: number, kind: string, records: readonly number[]): Found => ({
  kind: null,
  variant: kind,
  blame: kind === 'two-reads' ? 'service-read' : 'service-write',
  positions: [position],
  records,
  shards: [view.positions.shard.at(position)],
  tell: () => {
    const lines: number[] = [];
    for (const entry of acksAt(view, position)) lines.push(...linesOfEntry(view, entry));
    for (const read of readsAt(view, position)) lines.push(readLine(view, read));
    return {
      sentence: `${placeName(view, position)} ${says[kind] ?? ''} ${named(view, records)}; a place holds one record.`,
      evidence: { ...placeOf(view, position), between: kind, records: records.map((one) => recordName(view, one)) },
      witness: inOrder(lines),
    };
  },
});
