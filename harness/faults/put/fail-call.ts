import { z } from 'zod';
import { isWithoutEffect } from '../../model/sure-errors.ts';
import { errorAnswer, isOk, throttled } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { callsOption, isPutCall, putOptions, withProducer } from './put-options.ts';

const options = z
  .strictObject({
    ...putOptions,
    ...callsOption,
    /** The error code. Default ProvisionedThroughputExceededException. */
    code: z.string().min(1).max(100).default(throttled),
    /** HTTP status. Default: 500 for InternalFailure…, 503 for Service…, else 400. */
    status: z.int().min(400).max(599).optional(),
    /** The call is stored nevertheless. Only with a code that leaves open whether it was. Default false. */
    stored: z.boolean().default(false),
  })
  .refine(({ code, status, stored }) => !stored || !isWithoutEffect(code, status ?? errorAnswer(code, '').status), {
    error:
      'this code says that the call did nothing: leave it out, or give a code that leaves it open, InternalFailure',
    path: ['stored'],
  });

/** Answers a whole call with an error, definite or not: throttled, or failed inside the service. */
export const failCall = defineFault({
  type: 'fail-call',
  at: 'put',
  summary: 'a whole call is answered with an error code, and is stored only where the code leaves that open',
  legal: {
    grade: 'documented',
    sentence:
      'The request rate for the stream is too high, or the requested data is too large for the available throughput.',
    source:
      'SDK, ProvisionedThroughputExceededException; InternalFailureException: unknown error, exception, or failure',
  },
  options,
  conflicts: withProducer(),
  draw: (random) => {
    const code = random.pick([throttled, 'InternalFailureException', 'ServiceUnavailable'] as const);
    return { code, stored: code !== throttled && random.int(0, 1) === 1 };
  },
  arm: (given, tools) => async (call, forward) => {
    if (!isPutCall(given, call, tools)) return forward(call.body);
    const { code, stored } = given;
    const carried = stored ? await forward(call.body) : undefined;
    if (carried !== undefined && !isOk(carried)) return carried;
    tools.fired(call, { code, ...(stored ? { stored } : {}) });
    return errorAnswer(code, 'failed by kinesis-order (fail-call)', given.status);
  },
});
