import { z } from 'zod';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { alone, withEntry } from './entries.ts';
import { isPutCall, putOptions, withProducer } from './put-options.ts';

/** Stores a record after one call that no client has sent. */
export const inventRecord = defineFault({
  type: 'invent-record',
  at: 'put',
  summary: 'behind one call a record is stored that nobody has sent',
  planted: ['phantom'],
  options: z.strictObject({ ...putOptions }),
  conflicts: withProducer(),
  arm: (options, tools) => async (call, forward) => {
    const answer = await forward(call.body);
    if (!isPutCall(options, call, tools) || !isOk(answer)) return answer;
    const Data = Buffer.from('a record that nobody has sent');
    const invented = withEntry({ api: call.api, kind: 'put', call: 0, body: alone(call, 0) }, 0, (entry) => ({
      ...entry,
      Data,
      SequenceNumberForOrdering: undefined,
    }));
    if (isOk(await forward(invented))) tools.fired(call);
    return answer;
  },
});
