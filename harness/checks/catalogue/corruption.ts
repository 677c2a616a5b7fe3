import type { Check, Found } from '../check.ts';
import { routeOf, sentKey } from '../index/routes.ts';
import { acksAt, attemptsOf, isSentinel, oddReads, readLine, type View } from '../index/view.ts';
import { atLine, inOrder, linesOfAck, linesOfRecord, placeName, placeOf, quoted, recordName } from './phrases.ts';

/**
 * A5: a read differs from what was sent: other bytes, another key, or at an acknowledged place something that is no
 * record of the run. Contract, 9.
 */
export const corruption: Check = {
  summary: 'a record comes back with other bytes or another key than were sent',
  source:
    '"After you write a record to a stream, you cannot modify that record or its order within the stream" (SDK, PutRecord)',
  example: '#3 was put with digest 9f86…, the record read as #3 has digest 60303…',
  expect: 'forbid',
  streaming: 'set-aside',
  causes: [
    'The payload was encoded twice, or with another charset, on its way.',
    'Threads shared a buffer in the producer (neptune-export#11).',
    'An aggregate was taken apart by a reader with other rules.',
  ],
  todo: [
    'Compare the two digests on the lines that the finding names.',
    'Write one record with one thread; if that holds, look for a shared buffer.',
  ],
  notApplicable: (view) => (view.hasPuts ? undefined : 'puts were not recorded'),
  find: function* (view: View): Generator<Found> {
    if (!view.hasPuts) return;
    const said = new Set<number>();
    for (const read of oddReads(view)) {
      const damage = damageOf(view, read);
      const position = view.positions.ofRead[read] ?? -1;
      if (damage === undefined || said.has(position)) continue;
      said.add(position);
      yield found(view, read, damage);
    }
  },
};

type Damage = { readonly what: 'digest' | 'key' | 'bytes' | 'identity'; readonly sent: string; readonly got: string };

const damageOf = (view: View, read: number): Damage | undefined => {
  const record = view.tables.readRecord.at(read);
  if (record < 0 || view.attemptHead.at(record) < 0) return strangerAtAck(view, read);
  return otherBytes(view, record, read) ?? otherKey(view, record, read);
};

/** A read without identity, or with one that was never put, at a place that was acknowledged to a record. */
const strangerAtAck = (view: View, read: number): Damage | undefined => {
  const position = view.positions.ofRead[read] ?? -1;
  for (const entry of acksAt(view, position)) {
    if (isSentinel(view, entry)) continue;
    const record = view.tables.readRecord.at(read);
    const got = record < 0 ? 'a record without identity' : recordName(view, record);
    return { what: 'identity', sent: recordName(view, view.tables.entryRecord.at(entry)), got };
  }
  return undefined;
};

const otherBytes = (view: View, record: number, read: number): Damage | undefined => {
  const digest = digestOf(view, read);
  if (digest === undefined) return undefined;
  let sent: string | undefined;
  for (const entry of attemptsOf(view, record)) {
    const known = view.tables.digests.text(view.tables.entryDigest.at(entry));
    if (known === undefined || known === digest) return undefined;
    sent = known;
  }
  return sent === undefined ? undefined : { what: 'digest', sent, got: digest };
};

const digestOf = ({ tables }: View, read: number): string | undefined => tables.digests.text(tables.digestOfRead(read));

const otherKey = (view: View, record: number, read: number): Damage | undefined => {
  const got = view.tables.readKey.get(read);
  if (got === undefined) return undefined;
  let sent = '';
  for (const entry of attemptsOf(view, record)) {
    sent = sentKey(view, entry);
    if (sent === got || routeOf(view, entry).key === got) return undefined;
  }
  return { what: 'key', sent, got };
};

const found = (view: View, read: number, { what, sent, got }: Damage): Found => {
  const position = view.positions.ofRead[read] ?? -1;
  const claimed = view.tables.readRecord.at(read);
  const owners = [...acksAt(view, position)].map((entry) => view.tables.entryRecord.at(entry));
  return {
    kind: null,
    blame: 'service-write',
    records: [...new Set([...(claimed < 0 ? [] : [claimed]), ...owners])],
    positions: [position],
    shards: [view.positions.shard.at(position)],
    tell: () => ({
      sentence:
        what === 'identity'
          ? `${placeName(view, position)} was acknowledged to ${sent}; however ${got} was read there (${atLine(readLine(view, read))}).`
          : `${recordName(view, claimed)} was sent with ${what} ${quoted(sent)}; however ${placeName(view, position)} (${atLine(readLine(view, read))}) came back with ${what} ${quoted(got)}.`,
      evidence: { ...placeOf(view, position), what, sent, got },
      witness: inOrder([
        ...linesOfAck(view, position),
        ...(claimed < 0 ? [] : linesOfRecord(view, claimed, 0)),
        readLine(view, read),
      ]),
    }),
  };
};
