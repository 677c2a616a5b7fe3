import type { Page, RawRecord } from '../kinesis/kinesis.ts';
import { digestOf } from '../model/digest.ts';
import type { ReadRecord } from '../model/event.ts';
import { readIdentity } from '../workload/identity.ts';

/** One answer of GetRecords as the history holds it: digests in place of payloads. */
export const pageFields = (
  page: Page,
  run: string,
): {
  readonly records: readonly ReadRecord[];
  readonly behind?: number;
  readonly more: boolean;
  readonly children?: readonly string[];
} => ({
  records: page.records.map((record) => recordFields(record, run)),
  ...(page.behind === undefined ? {} : { behind: page.behind }),
  more: page.next !== undefined,
  ...(page.children === undefined || page.children.length === 0 ? {} : { children: page.children }),
});

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
