import type { Page, RawRecord } from '../kinesis/kinesis.ts';
import { digestOf } from '../model/digest.ts';
import type { ReadRecord } from '../model/event.ts';
import { decodeAggregate } from '../workload/aggregation.ts';
import { readIdentity } from '../workload/identity.ts';

/** One answer of GetRecords as the history holds it: digests in place of payloads, user records in place of aggregates. */
export const pageFields = (
  page: Page,
  run: string,
): {
  readonly records: readonly ReadRecord[];
  readonly behind?: number;
  readonly more: boolean;
  readonly children?: readonly string[];
} => ({
  records: page.records.flatMap((record) => userRecords(record, run)),
  ...(page.behind === undefined ? {} : { behind: page.behind }),
  more: page.next !== undefined,
  ...(page.children === undefined || page.children.length === 0 ? {} : { children: page.children }),
});

/** Of an aggregate its user records, each with its index; whatever only looks like one is a record like any other. */
const userRecords = (record: RawRecord, run: string): readonly ReadRecord[] => {
  const users = decodeAggregate(record.data);
  if (users === undefined) return [recordFields(record, run)];
  return users.map(({ key, data }, sub) => {
    const { seq, ...rest } = recordFields({ ...record, key, data }, run);
    return { seq, sub, ...rest };
  });
};

/** A record of another run, or of another writer, is written without an identity. */
const recordFields = ({ seq, key, data, arrival }: RawRecord, run: string): ReadRecord => {
  const identity = readIdentity(data);
  const isOurs = identity?.run === run;
  return {
    seq,
    key,
    ...(isOurs ? { producer: identity.producer, n: identity.n } : {}),
    ...(isOurs && identity.key !== key ? { idKey: identity.key } : {}),
    digest: digestOf(data),
    bytes: data.byteLength,
    ...(arrival === undefined ? {} : { arrival }),
  };
};
