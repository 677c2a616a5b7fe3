import type { CallOptions, DataPlane, PutOutcome } from '../kinesis/kinesis.ts';
import type { EventBody, PutEntryEvent } from '../model/event.ts';
import type { Outgoing } from '../workload/workload.ts';
import type { Call, Sent } from './producer.ts';

export type RecordedPutOptions = {
  readonly stream: string;
  readonly producer: string;
  readonly kinesis: Pick<DataPlane, 'putRecord' | 'putRecords'>;
  readonly write: (event: EventBody) => number;
  /** The next op of the run; ops are counted over all producers. */
  readonly nextOp: () => number;
  /** Calls go through the proxy: tell it who they are. */
  readonly isTagged: boolean;
  readonly onAnswer: (call: Call, outcome: PutOutcome) => void;
};

/** Sends a call and writes it down: the put before it leaves, its answer as it came. */
export const recordedPut = (options: RecordedPutOptions): ((call: Call) => Promise<Sent>) => {
  let calls = 0;
  return async (call) => {
    const op = options.nextOp();
    calls += 1;
    options.write(putEvent(op, options.producer, call));
    const how = options.isTagged ? { tag: { op, producer: options.producer, call: calls } } : undefined;
    const outcome = await send(options, call, how);
    options.write(ackEvent(op, outcome));
    options.onAnswer(call, outcome);
    return { op, outcome };
  };
};

const send = (
  { kinesis, stream }: RecordedPutOptions,
  { api, entries, after }: Call,
  how: CallOptions | undefined,
): Promise<PutOutcome> => {
  const [first] = entries;
  if (api === 'PutRecords' || first === undefined) return kinesis.putRecords({ stream, entries }, how);
  return kinesis.putRecord(
    {
      stream,
      key: first.key,
      data: first.data,
      ...(first.hash === undefined ? {} : { hash: first.hash }),
      ...(after === undefined ? {} : { after }),
    },
    how,
  );
};

const putEvent = (op: number, producer: string, { api, entries, after, attempt, retryOf }: Call): EventBody => ({
  type: 'put',
  op,
  producer,
  api,
  attempt,
  ...(retryOf === undefined ? {} : { retryOf }),
  entries: entries.map((entry) => entryEvent(entry, after)),
});

/** One a record: the usual one is written without copying. */
const entryEvent = ({ key, n, digest, data, hash }: Outgoing, after: string | undefined): PutEntryEvent => {
  const entry = { key, n, digest, bytes: data.byteLength };
  if (hash === undefined && after === undefined) return entry;
  return { ...entry, ...(hash === undefined ? {} : { hash }), ...(after === undefined ? {} : { after }) };
};

export const ackEvent = (op: number, outcome: PutOutcome): EventBody =>
  outcome.outcome === 'ok'
    ? {
        type: 'ack',
        op,
        outcome: 'ok',
        results: outcome.results,
        ...(outcome.requestId === undefined ? {} : { requestId: outcome.requestId }),
      }
    : { type: 'ack', op, ...outcome };
