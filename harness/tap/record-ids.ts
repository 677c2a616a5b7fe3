import { canonicalSequence } from '../model/sequence-number.ts';
import { readIdentity } from '../workload/identity.ts';
import type { EntryOutcome, Known } from './first-sending.ts';
import type { SentRecord } from './put-call.ts';

/** The identity of a record, as far as it is known. */
export type RecordId = { readonly n?: number; readonly producer?: string; readonly flow?: string };

export type Place = { readonly shard: string; readonly seq: string; readonly sub?: number | undefined };
export type SeenRecord = Place & {
  /** PartitionKey, if the record has one. */
  readonly key?: string | undefined;
  readonly data: Uint8Array;
  readonly digest: string;
};

/** The identities of a put in flight. Call `answered` with its outcome. */
export type SentIds = {
  readonly ids: readonly RecordId[];
  /** For the next attempt with the same invocation id. */
  readonly known: readonly Known[] | undefined;
  readonly answered: (outcomes: readonly EntryOutcome[], places: readonly (Place | undefined)[]) => void;
};

/** The source of identities: a counter in the payload, or the order of first sending. One per stream. */
export type RecordIds = {
  readonly send: (producer: string, records: readonly SentRecord[], earlier: readonly Known[] | undefined) => SentIds;
  /** The identity of a record that was read; `wait` if it may belong to an unanswered put. */
  readonly read: (record: SeenRecord) => RecordId | 'wait';
  /** Notes for the report, at the end of the run. */
  readonly notes: () => readonly string[];
};

export const placeText = ({ shard, seq, sub }: Place): string =>
  `${shard} ${canonicalSequence(seq)}${sub === undefined ? '' : ` ${sub}`}`;

/** The identity of a record that this tool made in this run, by its payload; undefined for other records. */
export const ownId = (
  { data, key }: Pick<SeenRecord, 'data' | 'key'>,
  run: string | undefined,
): (RecordId & { readonly idKey?: string }) | undefined => {
  const identity = run === undefined ? undefined : readIdentity(data);
  if (identity === undefined || identity.run !== run) return undefined;
  const { producer, n } = identity;
  if (identity.key === key) return { producer, n };
  // Without a partition key, the key in the payload is what must be in order.
  return key === undefined ? { producer, n, flow: identity.key } : { producer, n, idKey: identity.key };
};
