import { z } from 'zod';
import { isOk, listIn, throttled } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import type { ArmedFault, FaultTools } from '../fault.ts';
import { failEntries } from './entries.ts';
import { isPutCall, putOptions, withProducer } from './put-options.ts';

const options = z
  .strictObject({
    ...putOptions,
    /** Indices of the failed entries of the call, from 0. */
    entries: z.array(z.int().min(0)).min(1),
    /** Their error code. Default ProvisionedThroughputExceededException. */
    code: z.enum([throttled, 'InternalFailure']).default(throttled),
    /** The entries are stored nevertheless. Only with InternalFailure. Default false. */
    stored: z.boolean().default(false),
  })
  .refine(({ code, stored }) => !stored || code === 'InternalFailure', {
    error: `a record that was refused with ${throttled} is never stored: leave it out, or give code InternalFailure`,
    path: ['stored'],
  });

/**
 * Answers some entries of one PutRecords with an error code. The others are stored, and answered in their places. No
 * emulator ever does that by itself.
 */
export const failRecord = defineFault({
  type: 'fail-record',
  at: 'put',
  summary: 'entries of one PutRecords are answered with an error code and are not stored',
  legal: {
    grade: 'documented',
    sentence:
      "A single record failure does not stop the processing of subsequent records. As a result, PutRecords doesn't guarantee the ordering of records.",
    source: 'SDK, PutRecords',
  },
  options,
  conflicts: withProducer(({ entries }, { name, type, batch }) => {
    if (type === 'putRecord') return [`fail-record concerns entries of PutRecords, and ${name} uses PutRecord`];
    const isBeyond = typeof batch === 'number' && entries.some((entry) => entry >= batch);
    return isBeyond ? [`entries: a call of ${name} has entries 0 to ${batch - 1}, got ${entries.join(', ')}`] : [];
  }),
  draw: (random, { api, body }) => {
    const count = listIn(body, 'Records').length;
    if (api !== 'PutRecords' || count === 0) return undefined;
    const first = random.int(0, count - 1);
    const entries = Array.from({ length: Math.min(count - first, random.int(1, 3)) }, (_, index) => first + index);
    const code = random.pick([throttled, 'InternalFailure'] as const);
    return { entries, code, stored: code === 'InternalFailure' && random.int(0, 1) === 1 };
  },
  arm: (given, tools) => arm(given, tools),
});

const arm =
  (given: z.output<typeof options>, tools: FaultTools): ArmedFault =>
  async (call, forward) => {
    const records = listIn(call.body, 'Records');
    const failed = new Set(given.entries.filter((entry) => entry < records.length));
    const isMine = isPutCall(given, call, tools) && call.api === 'PutRecords' && failed.size > 0;
    if (!isMine) return forward(call.body);
    const message = 'failed by kinesis-order (fail-record)';
    const answer = await failEntries(call, forward, { failed, code: given.code, message, isStored: given.stored });
    if (isOk(answer))
      tools.fired(call, { entries: [...failed], code: given.code, ...(given.stored ? { stored: true } : {}) });
    return answer;
  };
