import { z } from 'zod';
import { errorAnswer, isOk, throttled } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import type { Answer } from '../fault.ts';
import { recordsOf } from './pages.ts';
import { drawForGetRecords, isReadFrom, needsReader, readDetail, readOptions } from './read-options.ts';

const pageBytes = 10 * 1024 * 1024;
const pauseMs = 5000;

/**
 * Refuses reads of a shard for five seconds after a page of 10 MiB. This is the only fault that goes by time, because
 * AWS does; smaller pages never cause it.
 */
export const tenMibPause = defineFault({
  type: 'ten-mib-pause',
  at: 'read',
  spans: true,
  summary: 'after a page of 10 MiB the reads of the shard are refused for five seconds',
  legal: {
    grade: 'documented',
    sentence:
      'If a call returns this amount of data, subsequent calls made within the next 5 seconds throw ProvisionedThroughputExceededException.',
    source: 'SDK, GetRecords',
  },
  options: z.strictObject({
    reader: readOptions.reader,
    shard: readOptions.shard,
    /** The first read whose page may cause a pause. Default 1. */
    read: readOptions.read.default(1),
    /**
     * A page with this share of 10 MiB counts as full, because records rarely fill a page to the byte. Default 0.95.
     */
    full: z.number().min(0.9).max(1).default(0.95),
  }),
  conflicts: needsReader,
  draw: drawForGetRecords(() => ({})),
  arm: ({ full, ...at }, tools) => {
    const silentUntil = new Map<string, number>();
    return async (call, forward) => {
      if (!isReadFrom(at, call, tools)) return forward(call.body);
      const shard = `${call.stream ?? ''}/${call.shard ?? ''}`;
      if (tools.now() < (silentUntil.get(shard) ?? 0)) {
        tools.fired(call, readDetail(call));
        return errorAnswer(throttled, 'Rate exceeded for shard, by kinesis-order (ten-mib-pause)');
      }
      const answer = await forward(call.body);
      if (isOk(answer) && bytesOf(answer) >= pageBytes * full) silentUntil.set(shard, tools.now() + pauseMs);
      return answer;
    };
  },
});

const bytesOf = (answer: Answer): number =>
  recordsOf(answer).reduce((sum, { Data, PartitionKey }) => {
    const data = Data instanceof Uint8Array ? Data.byteLength : 0;
    return sum + data + (typeof PartitionKey === 'string' ? Buffer.byteLength(PartitionKey) : 0);
  }, 0);
