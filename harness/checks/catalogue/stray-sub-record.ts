import type { Check, Found } from '../check.ts';
import { hasAggregates, type Stray, straysOf, userHashAt } from '../index/strays.ts';
import type { View } from '../index/view.ts';
import { inOrder, lineOfRead, linesOfAck, placeName, placeOf, recordName } from './phrases.ts';

export const withoutAggregates = (view: View): string | undefined =>
  hasAggregates(view) ? undefined : 'no aggregated record was written or read';

/**
 * A user record of an aggregate that lies outside its shard's hash range: a reader with KCL's rule drops the whole
 * aggregate. Contract, rule 16.
 */
export const straySubRecord: Check = {
  summary: 'a user record of an aggregate lies outside the hash range of its shard',
  source:
    'KCL drops an aggregate if the hash key of one of its user records lies outside the range of the shard (AggregatorUtil, deaggregate)',
  example: 'an aggregate lies in the lower shard, and MD5 of one of its user records is above 2^127',
  expect: 'report',
  streaming: 'settled',
  causes: ['The aggregator uses an old list of shards, or ignores shards (kinesis-aggregation#11).'],
  todo: ['Aggregate only records of one shard, and list the shards again after a reshard.'],
  notApplicable: withoutAggregates,
  find: function* ({ whole }: View): Generator<Found> {
    for (const stray of straysOf(whole).strays) yield found(whole, stray);
  },
};

const found = (view: View, { record, position }: Stray): Found => {
  const shard = view.positions.shard.at(position);
  return {
    kind: null,
    blame: 'producer',
    ...(record < 0 ? {} : { records: [record], flow: view.tables.records.flow.at(record) }),
    shards: [shard],
    tell: () => {
      const range = view.lineage.shards[shard]?.range;
      const name = record < 0 ? 'A user record without identity' : recordName(view, record);
      return {
        sentence: `${name} lies at ${placeName(view, position)}, inside an aggregate; however its hash key is ${userHashAt(view, { record, position })}, and that shard holds ${range?.[0]} to ${range?.[1]}: a reader with KCL's rule drops the whole aggregate.`,
        evidence: {
          ...placeOf(view, position),
          hashKey: String(userHashAt(view, { record, position })),
          range: range?.map(String) ?? null,
        },
        witness: inOrder([...linesOfAck(view, position), ...lineOfRead(view, position)]),
      };
    },
  };
};
