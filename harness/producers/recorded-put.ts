import type { CallOptions, DataPlane, PutOutcome } from '../kinesis/kinesis.ts';
import type { EventBody, PutEntryEvent } from '../model/event.ts';
import { ackLine, entryOf, firstDue, type PutAnswered, type PutEntries, putLine } from '../tap/write-put.ts';
import type { Outgoing } from '../workload/workload.ts';
import type { Call, Carrier, Sent } from './producer.ts';

export type RecordedPutOptions = {
  readonly stream: string;
  readonly producer: string;
  readonly kinesis: Pick<DataPlane, 'putRecord' | 'putRecords'>;
  readonly write: (event: EventBody) => number;
  /** The next op of the run; ops are counted over all producers. */
  readonly nextOp: () => number;
  /** True if calls go through the gateway: they then carry their op, producer and index. */
  readonly isTagged: boolean;
  readonly onAnswer: (call: Call, outcome: PutOutcome) => void;
};

/** Sends calls and records them: the put before it is sent, its answer as it comes. */
export const recordedPut = (options: RecordedPutOptions): ((call: Call) => Promise<Sent>) => {
  let calls = 0;
  return async (call) => {
    const op = options.nextOp();
    calls += 1;
    options.write(putEvent(op, options.producer, call));
    const how = options.isTagged ? { tag: { op, producer: options.producer, call: calls } } : undefined;
    const outcome = await send(options, call, how);
    const told = call.carriers === undefined ? outcome : unpacked(outcome, call.carriers);
    options.write(ackLine(op, told));
    options.onAnswer(call, told);
    return { op, outcome };
  };
};

const send = (
  { kinesis, stream }: RecordedPutOptions,
  { api, entries, carriers, after }: Call,
  how: CallOptions | undefined,
): Promise<PutOutcome> => {
  if (carriers !== undefined) return kinesis.putRecords({ stream, entries: carriers }, how);
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

const putEvent = (op: number, producer: string, call: Call): EventBody => {
  const { api, entries, carriers, after, attempt, retryOf } = call;
  // Either all records of a producer have a due time, or none has.
  const due = entries[0]?.due === undefined ? undefined : firstDue(entries.map((entry) => entry.due));
  const what =
    carriers === undefined ? { entries: entries.map((entry) => entryEvent(entry, after, due)) } : packed(carriers, due);
  return putLine({ op, producer, api, attempt, retryOf, due }, what);
};

/** The due time of a record; undefined if it is its call's. */
const ownDue = (own: number | undefined, ofCall: number | undefined): number | undefined =>
  own === ofCall ? undefined : own;

/** The fields of a put with aggregates. `parts` are the Kinesis records; each user record names its carrier. */
const packed = (carriers: readonly Carrier[], due: number | undefined): PutEntries => ({
  parts: carriers.map(({ key, hash }) => (hash === undefined ? { key } : { key, hash })),
  entries: carriers.flatMap(({ users }, part) =>
    users.map((user) => entryOf({ ...user, bytes: user.data.byteLength, part, due: ownDue(user.due, due) })),
  ),
});

/**
 * The answer for each user record: that of its Kinesis record. A record that travels alone is no aggregate, and has no
 * sub index.
 */
const unpacked = (outcome: PutOutcome, carriers: readonly Carrier[]): PutAnswered => {
  if (outcome.outcome !== 'ok') return outcome;
  const results = carriers.flatMap(({ users, isAggregated }, part) => {
    const result = outcome.results[part];
    if (result === undefined) return [];
    return users.map((_, sub) => ('error' in result || !isAggregated ? result : { ...result, sub }));
  });
  return { ...outcome, results };
};

/** The entry of one record. The usual entry is written without copying. */
const entryEvent = (
  { key, n, digest, data, hash, due }: Outgoing,
  after: string | undefined,
  ofCall: number | undefined,
): PutEntryEvent =>
  hash === undefined && after === undefined && due === ofCall
    ? { key, n, digest, bytes: data.byteLength }
    : entryOf({ key, n, digest, bytes: data.byteLength, hash, after, due: ownDue(due, ofCall) });
