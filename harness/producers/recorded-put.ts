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
  // All of a producer's records are on its schedule, or none is.
  const due = entries[0]?.due === undefined ? undefined : firstDue(entries.map((entry) => entry.due));
  const what =
    carriers === undefined ? { entries: entries.map((entry) => entryEvent(entry, after, due)) } : packed(carriers, due);
  return putLine({ op, producer, api, attempt, retryOf, due }, what);
};

/** Said of a record only where it is not its call's. */
const ownDue = (own: number | undefined, ofCall: number | undefined): number | undefined =>
  own === ofCall ? undefined : own;

/** `parts` are the Kinesis records; each user record names the one that carries it. */
const packed = (carriers: readonly Carrier[], due: number | undefined): PutEntries => ({
  parts: carriers.map(({ key, hash }) => (hash === undefined ? { key } : { key, hash })),
  entries: carriers.flatMap(({ users }, part) =>
    users.map((user) => entryOf({ ...user, bytes: user.data.byteLength, part, due: ownDue(user.due, due) })),
  ),
});

/**
 * The answer to a Kinesis record is the answer to each user record in it; one that travels alone is no aggregate, and
 * has no sub index.
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

/** One a record: the usual one is written without copying. */
const entryEvent = (
  { key, n, digest, data, hash, due }: Outgoing,
  after: string | undefined,
  ofCall: number | undefined,
): PutEntryEvent =>
  hash === undefined && after === undefined && due === ofCall
    ? { key, n, digest, bytes: data.byteLength }
    : entryOf({ key, n, digest, bytes: data.byteLength, hash, after, due: ownDue(due, ofCall) });
