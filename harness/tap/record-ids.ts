import { canonicalSequence } from '../model/sequence-number.ts';
import { readIdentity } from '../workload/identity.ts';
import type { EntryOutcome, Known } from './first-sending.ts';
import type { SentRecord } from './put-call.ts';

/** Who a record is, as far as it is known: what the history says of it. */
export type RecordId = { readonly n?: number; readonly producer?: string; readonly flow?: string };

export type Place = { readonly shard: string; readonly seq: string; readonly sub?: number | undefined };
export type SeenRecord = Place & {
  /** PartitionKey, where the record has one. */
  readonly key?: string | undefined;
  readonly data: Uint8Array;
  readonly digest: string;
};

/** One put on its way: whoever gave its records their identity is told what became of it. */
export type SentIds = {
  readonly ids: readonly RecordId[];
  /** For the next attempt with the same invocation id. */
  readonly known: readonly Known[] | undefined;
  readonly answered: (outcomes: readonly EntryOutcome[], places: readonly (Place | undefined)[]) => void;
};

/** Where identities come from: a counter in the payload, or the order of first sending. One for each stream. */
export type RecordIds = {
  readonly send: (producer: string, records: readonly SentRecord[], earlier: readonly Known[] | undefined) => SentIds;
  /** `wait`: it may belong to a put that has no answer yet. */
  readonly read: (record: SeenRecord) => RecordId | 'wait';
  /** What a reader of the report should know, once all is over. */
  readonly notes: () => readonly string[];
};

export const placeText = ({ shard, seq, sub }: Place): string =>
  `${shard} ${canonicalSequence(seq)}${sub === undefined ? '' : ` ${sub}`}`;

/** A record that this tool made itself, in this run: its payload says so. */
export const ownId = (
  { data, key }: Pick<SeenRecord, 'data' | 'key'>,
  run: string | undefined,
): (RecordId & { readonly idKey?: string }) | undefined => {
  const identity = run === undefined ? undefined : readIdentity(data);
  if (identity === undefined || identity.run !== run) return undefined;
  const { producer, n } = identity;
  if (identity.key === key) return { producer, n };
  // Without a partition key, what its payload says is what must be in order.
  return key === undefined ? { producer, n, flow: identity.key } : { producer, n, idKey: identity.key };
};
