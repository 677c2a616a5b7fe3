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

export const pageFields = (page: Page, shard: string, read: RecordIds['read']): PageFields => {
  // Nothing is under way any more when such a reader reads what others put: there is nothing to wait for.
  const records = readRecords(shard, page.records, (record) => {
    const id = read(record);
    return id === 'wait' ? {} : id;
  });
  return {
    records: records === 'wait' ? [] : records,
    ...(page.behind === undefined ? {} : { behind: page.behind }),
    more: page.next !== undefined,
    ...(page.children === undefined || page.children.length === 0 ? {} : { children: page.children }),
  };
};
