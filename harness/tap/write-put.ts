import type { EventBody, PutEntryEvent, PutEvent, PutResult } from '../model/event.ts';

export type PutFacts = {
  readonly op: number;
  readonly producer: string;
  readonly api: PutEvent['api'];
  readonly attempt: number;
  readonly retryOf?: number | undefined;
  readonly due?: number | undefined;
};

export type PutEntries = { readonly parts?: PutEvent['parts']; readonly entries: readonly PutEntryEvent[] };

/** The history line of a put that this tool's own producers or a program sent. */
export const putLine = (
  { op, producer, api, attempt, retryOf, due }: PutFacts,
  { parts, entries }: PutEntries,
): EventBody => ({
  type: 'put',
  op,
  producer,
  api,
  attempt,
  ...(retryOf === undefined ? {} : { retryOf }),
  ...(due === undefined ? {} : { due }),
  ...(parts === undefined ? {} : { parts }),
  entries,
});

/**
 * When a call is due: when its first record is due. undefined if no record has a due time. The other records have
 * their own `due`.
 */
export const firstDue = (dues: readonly (number | undefined)[]): number | undefined => {
  let first: number | undefined;
  for (const due of dues) if (due !== undefined && (first === undefined || due < first)) first = due;
  return first;
};

export type EntryFacts = {
  /** Absent if the record was sent without PartitionKey. */
  readonly key?: string | undefined;
  readonly n?: number | undefined;
  readonly digest: string;
  readonly bytes: number;
  readonly hash?: string | undefined;
  readonly after?: string | undefined;
  readonly part?: number | undefined;
  readonly flow?: string | undefined;
  readonly producer?: string | undefined;
  readonly due?: number | undefined;
};

/**
 * A record that was sent without PartitionKey has no key in the file. Reading the file gives it an empty one, which is
 * why the type of an event always has a key.
 */
export const keyField = (key: string | undefined): { readonly key: string } =>
  key === undefined ? ({} as { readonly key: string }) : { key };

/** One entry of a put, with only the fields that are known. */
export const entryOf = ({
  key,
  n,
  digest,
  bytes,
  hash,
  after,
  part,
  flow,
  producer,
  due,
}: EntryFacts): PutEntryEvent => {
  const isUsual = hash === undefined && after === undefined && part === undefined && flow === undefined;
  const isBare = producer === undefined && due === undefined;
  if (isUsual && isBare && key !== undefined && n !== undefined) return { key, n, digest, bytes };
  return {
    ...keyField(key),
    ...(n === undefined ? {} : { n }),
    digest,
    bytes,
    ...(hash === undefined ? {} : { hash }),
    ...(after === undefined ? {} : { after }),
    ...(part === undefined ? {} : { part }),
    ...(flow === undefined ? {} : { flow }),
    ...(producer === undefined ? {} : { producer }),
    ...(due === undefined ? {} : { due }),
  };
};

/** The outcome of a put: ok with a result per record, fail (definitely no effect) or info (unknown outcome). */
export type PutAnswered =
  | { readonly outcome: 'ok'; readonly results: readonly PutResult[]; readonly requestId?: string }
  | {
      readonly outcome: 'fail' | 'info';
      readonly error: string;
      readonly message?: string;
      readonly requestId?: string;
    };

export const ackLine = (op: number, answered: PutAnswered): EventBody => ({ type: 'ack', op, ...answered });
