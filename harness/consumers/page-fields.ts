import type { Page } from '../kinesis/kinesis.ts';
import type { ReadRecord } from '../model/event.ts';
import { readRecords } from '../tap/read-records.ts';
import { ownId, type RecordIds } from '../tap/record-ids.ts';

/** One answer of GetRecords, as the history has it. */
export type PageFields = {
  readonly records: readonly ReadRecord[];
  readonly behind?: number;
  readonly more: boolean;
  readonly children?: readonly string[];
};

/** Gives identities to records of this tool's own run. A record of another run, or of another writer, has none. */
export const ownRecords =
  (run: string): RecordIds['read'] =>
  (record) =>
    ownId(record, run) ?? {};

/** The fields of a page; `wait` if one of its records may belong to a put that has no answer yet. */
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
