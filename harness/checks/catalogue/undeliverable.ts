import type { Check, Found } from '../check.ts';
import { undeliverables } from '../index/strays.ts';
import type { View } from '../index/view.ts';
import { inOrder, lineOfRead, linesOfAck, placeName, placeOf, recordName } from './phrases.ts';
import { withoutAggregates } from './stray-sub-record.ts';

/**
 * All copies of an acknowledged user record lie in aggregates that a reader with KCL's rule drops. Contract, rule 16.
 */
export const undeliverable: Check = {
  summary: 'an acknowledged user record lies only in aggregates that KCL drops',
  source:
    'KCL drops an aggregate if the hash key of one of its user records lies outside the range of the shard (AggregatorUtil, deaggregate)',
  example: 'a user record is acknowledged in an aggregate with a stray one, and nowhere else',
  expect: 'forbid',
  streaming: 'settled',
  causes: ['All copies of the record lie in aggregates that consumer libraries drop.'],
  todo: ['As for stray-sub-record; send the record again by itself.'],
  notApplicable: withoutAggregates,
  find: function* ({ whole }: View): Generator<Found> {
    for (const { record, position } of undeliverables(whole))
      yield {
        kind: null,
        blame: 'producer',
        records: [record],
        flow: whole.tables.records.flow.at(record),
        shards: [whole.positions.shard.at(position)],
        tell: () => ({
          sentence: `${recordName(whole, record)} was acknowledged at ${placeName(whole, position)}; however all its copies lie in aggregates with a user record outside their shard's hash range, and a reader with KCL's rule drops these.`,
          evidence: placeOf(whole, position),
          witness: inOrder([...linesOfAck(whole, position), ...lineOfRead(whole, position)]),
        }),
      };
  },
};
