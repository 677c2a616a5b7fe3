import { z } from 'zod';
import { defineVariant } from '../lib/variant.ts';
import { callOptions, isCall } from './call-options.ts';
import type { ArmedFault, Fault, FaultTools, ProxiedAnswer } from './fault.ts';

/**
 * Some entries of one PutRecords are answered with an error code and not stored; the others are, and answered in their
 * places. No engine here ever does that.
 */
export const failRecord: Fault = defineVariant({
  summary: 'entries of one PutRecords are answered with an error code and are not stored',
  options: z.strictObject({
    ...callOptions,
    /** Indices of the call's entries, from 0; how many a call has, the producer says. */
    entries: z.array(z.int().min(0)).min(1),
    code: z
      .enum(['ProvisionedThroughputExceededException', 'InternalFailure'])
      .default('ProvisionedThroughputExceededException'),
  }),
  make: (options) => (tools) => arm(options, tools),
});

type Options = {
  readonly producer?: string | undefined;
  readonly call: number;
  readonly entries: readonly number[];
  readonly code: string;
};

const arm =
  (options: Options, { fired }: FaultTools): ArmedFault =>
  async (call, forward) => {
    const records = call.body['Records'];
    if (!isCall(options, call) || call.api !== 'PutRecords' || !Array.isArray(records)) return forward(call.body);
    const failed = new Set(options.entries.filter((entry) => entry < records.length));
    if (failed.size === 0) return forward(call.body);
    const kept = records.filter((_, index) => !failed.has(index));
    const answer: ProxiedAnswer =
      kept.length === 0
        ? { kind: 'answer', status: 200, body: { Records: [] } }
        : await forward({ ...call.body, Records: kept });
    if (answer.kind === 'drop' || answer.status !== 200) return answer;
    fired(call, { entries: [...failed], code: options.code });
    return { ...answer, body: merge(answer.body, records.length, failed, options.code) };
  };

const merge = (
  body: Readonly<Record<string, unknown>>,
  count: number,
  failed: ReadonlySet<number>,
  code: string,
): Readonly<Record<string, unknown>> => {
  const stored = Array.isArray(body['Records']) ? [...(body['Records'] as unknown[])] : [];
  const results = Array.from({ length: count }, (_, index) =>
    failed.has(index) ? { ErrorCode: code, ErrorMessage: 'failed by kinesis-order (fail-record)' } : stored.shift(),
  );
  const already = typeof body['FailedRecordCount'] === 'number' ? body['FailedRecordCount'] : 0;
  return { ...body, FailedRecordCount: already + failed.size, Records: results };
};
