import type { Found } from '../check.ts';
import { blameOf } from '../index/presence.ts';
import { recordsAt, type View } from '../index/view.ts';

/** What a finding on a record at some places is about. */
export const aboutRecord = (
  view: View,
  record: number,
  positions: readonly number[],
): Pick<Found, 'records' | 'positions' | 'flow' | 'shards'> => ({
  records: [record],
  positions,
  flow: view.tables.records.flow.at(record),
  shards: positions.map((position) => view.positions.shard.at(position)),
});

/** The same for a place that a reader got, or should have got, whatever is stored there; and who is to blame. */
export const aboutReading = (
  view: View,
  reader: number,
  position: number,
): Pick<Found, 'kind' | 'blame' | 'positions' | 'records' | 'shards'> => ({
  kind: null,
  blame: blameOf(view, reader),
  positions: [position],
  records: recordsAt(view, position),
  shards: [view.positions.shard.at(position)],
});
