import { z } from 'zod';
import type { Outgoing } from '../workload/workload.ts';
import { aggregatedSource } from './aggregated-source.ts';
import { createAggregator, kplBytesMax, kplCountMax } from './aggregator.ts';
import { pacingOf } from './pacing.ts';
import { defineProducer } from './producer.ts';
import { needsRate, sendOptions } from './send-options.ts';
import { parcelOptions, sendParcels } from './send-parcels.ts';

/**
 * PutRecords of aggregates, as the Kinesis Producer Library packs them: one predicted shard an aggregate, which goes
 * by the first record's hash key; a single record is sent plain. A reshard that the map does not know yet sends a
 * whole aggregate into one child, records of the other's keys among them. The KPL sends such records again; this
 * producer leaves them, and makes its map anew.
 */
export const putRecordsAggregated = defineProducer({
  type: 'putRecordsAggregated',
  summary: 'PutRecords of aggregates in the format of the Kinesis Producer Library, one predicted shard an aggregate',
  options: z
    .strictObject({
      ...sendOptions,
      ...parcelOptions,
      /** Most bytes of one aggregate, its partition key not counted: the KPL's AggregationMaxSize. */
      aggregateBytes: z.int().min(64).max(10_485_760).default(kplBytesMax),
      /** Most user records of one aggregate: the KPL's AggregationMaxCount. */
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
