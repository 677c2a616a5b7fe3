import type { ReadRecord } from '../model/event.ts';
import type { Identify } from '../tap/identity/record-identity.ts';
import { type GivenRecord, readRecords } from '../tap/read-records.ts';
import type { RecordId } from '../tap/record-ids.ts';
import type { ReadFact } from './fact.ts';
import type { Tally } from './tally.ts';

export type Delivery = {
  readonly shard: string | undefined;
  readonly given: GivenRecord;
  readonly time: number | undefined;
  readonly isRestart: boolean;
};

/** The identity in a payload. Payloads without one are counted. */
export const identityIn = (
  { data, key }: { readonly data: Uint8Array; readonly key?: string | undefined },
  identify: Identify | undefined,
  tally: Tally,
  line: number,
): RecordId => {
  const found = identify?.(data, key ?? '');
  if (identify !== undefined && found === undefined)
    tally.noteNameless(line, 'its payload has no counter where --id looks for it');
  if (found === undefined) return {};
  const { n, key: flow, producer } = found;
  return {
    n,
    ...(flow === undefined || flow === key ? {} : { flow }),
    ...(producer === undefined ? {} : { producer }),
  };
};

/** One fact for a record with its payload; for an aggregate, one per user record. */
export const payloadFacts = (
  { shard, given, time, isRestart }: Delivery,
  identify: Identify | undefined,
  tally: Tally,
  line: number,
): readonly ReadFact[] => {
  const records = readRecords(shard ?? '', [given], (record) => identityIn(record, identify, tally, line));
  // Not possible here: `wait` is for puts in flight, and a dump has none.
  if (records === 'wait') return [];
  tally.taken += records.length;
  return records.map((record, index) => ({
    ...factOf(record, shard, time, isRestart && index === 0),
    file: tally.file,
    line,
  }));
};

const factOf = (
  { seq, sub, key, flow, n, producer, digest, bytes, arrival }: ReadRecord,
  shard: string | undefined,
  time: number | undefined,
  isRestart: boolean,
): ReadFact => ({
  kind: 'read',
  time,
  worker: undefined,
  shard,
  seq: seq === '' ? undefined : seq,
  sub,
  key,
  flow,
  n,
  producer,
  digest,
  bytes,
  arrival,
  isRestart,
});
