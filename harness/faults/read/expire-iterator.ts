import { z } from 'zod';
import { errorAnswer } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { drawForGetRecords, isGetRecords, needsReader, readDetail, readOptions } from './read-options.ts';

/** Lets an iterator expire. It stays expired: only a new iterator reads on. */
export const expireIterator = defineFault({
  type: 'expire-iterator',
  at: 'read',
  lasts: true,
  summary: 'an iterator has expired, and stays so: only a new one reads on',
  legal: {
    grade: 'documented',
    sentence: 'A shard iterator expires 5 minutes after it is returned to the requester.',
    source: 'SDK, GetShardIterator; the adversary compresses the time',
  },
  options: z.strictObject({ ...readOptions }),
  conflicts: needsReader,
  draw: drawForGetRecords(() => ({})),
  arm: (options, tools) => {
    const expired = new Set<unknown>();
    return async (call, forward) => {
      const { ShardIterator: iterator } = call.body;
      if (call.api !== 'GetRecords') return forward(call.body);
      const isNow = !tools.isHealed() && isGetRecords(options, call, tools);
      if (isNow) expired.add(iterator);
      if (!expired.has(iterator)) return forward(call.body);
      tools.fired(call, readDetail(call));
      return errorAnswer('ExpiredIteratorException', 'Iterator expired, by kinesis-order (expire-iterator)');
    };
  },
});
