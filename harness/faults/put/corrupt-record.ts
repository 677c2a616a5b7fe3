import { z } from 'zod';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { withEntry } from './entries.ts';
import { isPutCall, putOptions, withProducer } from './put-options.ts';

/** Stores the first record of one call with its last byte but one changed. */
export const corruptRecord = defineFault({
  type: 'corrupt-record',
  at: 'put',
  summary: 'the first record of one call is stored with a byte changed',
  planted: ['corruption'],
  options: z.strictObject({ ...putOptions }),
  conflicts: withProducer(),
  arm: (options, tools) => async (call, forward) => {
    if (!isPutCall(options, call, tools)) return forward(call.body);
    const changed = withEntry(call, 0, (entry) => ({ ...entry, Data: withByteChanged(entry['Data']) }));
    const answer = await forward(changed);
    if (isOk(answer)) tools.fired(call);
    return answer;
  },
});

/** An empty record gets one byte. */
const withByteChanged = (data: unknown): Uint8Array => {
  const bytes = Buffer.from(data instanceof Uint8Array ? data : []);
  if (bytes.length === 0) return Buffer.from([0]);
  const at = Math.max(0, bytes.length - 2);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
};
