import type { Page } from '../kinesis/kinesis.ts';
import type { ReadRecord } from '../model/event.ts';
import { readRecords } from '../tap/read-records.ts';
import { ownId, type RecordIds } from '../tap/record-ids.ts';

/** One answer of GetRecords as the history holds it. */
export type PageFields = {
  readonly records: readonly ReadRecord[];
  readonly behind?: number;
  readonly more: boolean;
  readonly children?: readonly string[];
};

/** Records of this tool's own run; one of another run, or of another writer, is written without an identity. */
export const ownRecords =
  (run: string): RecordIds['read'] =>
  (record) =>
    ownId(record, run) ?? {};

/** `wait`: one of the records may belong to a put that has no answer yet. */
export const pageFields = (page: Page, shard: string, read: RecordIds['read']): PageFields | 'wait' => {
  const records = readRecords(shard, page.records, read);
  if (records === 'wait') return records;
  return {
    records,
    ...(page.behind === undefined ? {} : { behind: page.behind }),
    more: page.next !== undefined,
    ...(page.children === undefined || page.children.length === 0 ? {} : { children: page.children }),
  };
};
