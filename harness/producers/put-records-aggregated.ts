import { z } from 'zod';
import type { Outgoing } from '../workload/workload.ts';
import { aggregatedSource } from './aggregated-source.ts';
import { createAggregator, kplBytesMax, kplCountMax } from './aggregator.ts';
import { pacingOf } from './pacing.ts';
import { defineProducer } from './producer.ts';
import { needsRate, sendOptions } from './send-options.ts';
import { parcelOptions, sendParcels } from './send-parcels.ts';

/**
 * PutRecords of aggregates, as the Kinesis Producer Library packs them: one predicted shard per aggregate, which is
 * routed by the first record's hash key; a single record is sent plain. After a reshard that the map does not know
 * yet, a whole aggregate is stored in one child, with records of the other child's keys in it. The KPL sends such
 * records again. This producer leaves them, and refreshes its map.
 */
export const putRecordsAggregated = defineProducer({
  type: 'putRecordsAggregated',
  summary: 'PutRecords of aggregates in the format of the Kinesis Producer Library, one predicted shard an aggregate',
  options: z
    .strictObject({
      ...sendOptions,
      ...parcelOptions,
      /** The most bytes of one aggregate, without its partition key: the KPL's AggregationMaxSize. */
      aggregateBytes: z.int().min(64).max(10_485_760).default(kplBytesMax),
      /** The most user records of one aggregate: the KPL's AggregationMaxCount. */
      aggregateCount: z.int().min(1).max(kplCountMax).default(kplCountMax),
    })
    .refine(...needsRate),
  make: (options) => async (tools) => {
    const pacing = await pacingOf(tools, options, true);
    const { line, map } = pacing;
    const aggregator = createAggregator<Outgoing>({
      bytesMax: Math.min(options.aggregateBytes, tools.limits.recordBytes - 1),
      countMax: options.aggregateCount,
      maxBufferedMs: options.maxBufferedMs,
      shardOf: (record) => map?.shardOf(record),
    });
    const source = aggregatedSource({ tools, aggregator, line });
    await sendParcels({
      tools,
      options,
      pacing,
      onMoved: source.close,
      source: source.next,
    });
  },
});
