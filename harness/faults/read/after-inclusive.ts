import { z } from 'zod';
import { defineFault } from '../define-fault.ts';
import { isWanted } from '../wanted-client.ts';
import { needsReader, readOptions } from './read-options.ts';

/** Lets iterators AFTER a sequence number begin AT it, so that a delivered record is delivered again. */
export const afterInclusive = defineFault({
  type: 'after-inclusive',
  at: 'read',
  summary: 'iterators of type AFTER_SEQUENCE_NUMBER give the record of that number again',
  planted: ['resumable-broken'],
  options: z.strictObject({ reader: readOptions.reader }),
  conflicts: needsReader,
  arm:
    ({ reader }, tools) =>
    (call, forward) => {
      const isMine = call.kind === 'iterator' && isWanted(reader, call, tools);
      if (!isMine || call.body['ShardIteratorType'] !== 'AFTER_SEQUENCE_NUMBER') return forward(call.body);
      tools.fired(call, { reader: call.client, shard: call.body['ShardId'] });
      return forward({ ...call.body, ShardIteratorType: 'AT_SEQUENCE_NUMBER' });
    },
});
