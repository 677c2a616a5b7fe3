import { expecting, foundOf, kindsOf, type Row, type Seen, same } from './row.ts';

const counter = ['--id', 'json:/seq'];
const fault = (text: string): readonly string[] => [...counter, '--fault', text];
const fail = 'fail-record:call=3,entries=1+4';
/** Call 11 puts key-10 into shard 0. The call and its first retry are refused. */
const throttle = 'throttle-shard:call=11,calls=2';
const cut = 'cut-response:call=10';
const isThrottled = 'calls 11 and 12 are refused: too many records for shard 0';
const isCut = 'the answer of call 10 breaks off in its middle';

/** The number of firings of a fault in the history. */
const firingsOf = ({ events }: Seen, name: string): number =>
  events.filter(({ type, phase, fault: of }) => type === 'fault' && phase === 'fired' && of === name).length;

const duplicates = (seen: Seen, count: number): string | undefined =>
  same('duplicates', foundOf(seen, 'duplicate'), count);

/** Each lost answer led to one copy by a retry, and there are no other copies. */
const retried = (seen: Seen, copies: number | undefined): readonly (string | undefined)[] => [
  same('duplicates', foundOf(seen, 'duplicate'), copies),
  same('kinds of duplicate', kindsOf(seen, 'duplicate'), ['retry producer']),
];

const reordered = (seen: Seen): readonly (string | undefined)[] => [
  same('reorders', foundOf(seen, 'key-reorder'), 2),
  same('kinds of reorder', kindsOf(seen, 'key-reorder'), ['retry producer']),
];

const someRetried = ({ counted }: Seen): string | undefined =>
  (counted['retried'] ?? 0) > 0 ? undefined : 'the KPL counts no retry';

/** Failed entries are sent again after newer records of their key. */
const reorders = expecting({ code: 1, violated: ['key-reorder'], kept: false, acked: 200 }, (seen) => [
  ...reordered(seen),
  same('failed entries that it counted', seen.counted['failedEntries'], 2),
]);

/** The program ends at the call whose answer broke off. */
const ends = expecting({ code: 5, acked: 9 }, (seen) => [duplicates(seen, 0)]);

const holdsOnce = expecting({ code: 0, kept: true, acked: 200 }, (seen) => [duplicates(seen, 0)]);

const kplHolds = expecting({ code: 0, kept: true, acked: 401 }, (seen) => [someRetried(seen), duplicates(seen, 0)]);
const kplCopies = expecting({ code: 0, kept: true, acked: 401 }, (seen) => [
  someRetried(seen),
  ...retried(seen, seen.counted['retried']),
]);

type Given = Omit<Row, 'isQuick'>;
/** No row is quick: each takes 6 to 13 s. */
const row = (given: Given): Row => ({ isQuick: false, ...given });

const boto: readonly Row[] = [
  row({
    name: 'boto3-throttle-shard',
    client: 'boto3, PutRecords, failed entries sent again',
    fault: 'the entries of shard 0 in call 2 are refused as too many',
    // All records of a key are refused together, and sent again before newer ones.
    expected: 'holds; order kept: a shard fails as a whole; 18 entries sent again',
    command: ({ boto: program }) => program('puts'),
    flags: fault('throttle-shard:call=2'),
    problems: expecting({ code: 0, kept: true, acked: 200 }, (seen) => [
      same('failed entries that it counted', seen.counted['failedEntries'], 18),
      duplicates(seen, 0),
    ]),
  }),
  row({
    name: 'boto3-late-response',
    client: 'boto3, PutRecord, serial, read timeout 3 s',
    fault: 'the answer of call 30 comes after 20 s',
    expected: 'holds; one duplicate, retry, allowed',
    command: ({ boto: program }) => program('impatient', '100'),
    flags: fault('late-response:call=30,ms=20000'),
    problems: expecting({ code: 0, kept: true, acked: 100 }, (seen) => [
      ...retried(seen, 1),
      same('retries that it counted', seen.counted['retries'], 1),
    ]),
  }),
  row({
    name: 'boto3-cut-response',
    client: 'boto3, PutRecord, serial',
    fault: isCut,
    // A retry was expected at first. botocore asks urllib3 not to compare the length with Content-Length, and treats a
    // body that is not JSON as an answer without fields: no error, no retry, no SequenceNumber for the program.
    expected:
      'the command fails, exit 5: botocore takes half an answer for all of it, and the program finds no SequenceNumber; 9 acknowledged, nothing violated',
    command: ({ boto: program }) => program('put'),
    flags: fault(cut),
    problems: expecting({ code: 5, acked: 9 }, (seen) => [
      duplicates(seen, 0),
      seen.output.includes("KeyError: 'SequenceNumber'") ? undefined : 'the program failed for another reason',
    ]),
  }),
  row({
    name: 'boto3-swap',
    client: 'boto3, PutRecord from 8 threads, 20 keys',
    fault: 'of two calls in flight, call 30 is stored behind the other',
    // Two records of one key are 20 apart, and at most 8 are in flight.
    expected: 'holds; order kept: only records of different keys change places',
    command: ({ boto: program }) => program('threads'),
    flags: fault('swap:call=30'),
    problems: holdsOnce,
  }),
];

const go: readonly Row[] = [
  row({
    name: 'go-fail-record',
    client: 'Go SDK v2, PutRecords, failed entries sent again',
    fault: 'entries 1 and 4 of call 3 fail',
    expected: 'violated key-reorder 2, retry, blame producer',
    command: ({ go: program }) => program('puts'),
    flags: fault(fail),
    problems: reorders,
  }),
  row({
    name: 'go-throttle-shard',
    client: 'Go SDK v2, PutRecord, serial',
    fault: isThrottled,
    // The SDK makes three attempts, and a refused put has stored nothing.
    expected: 'holds; no duplicate',
    command: ({ go: program }) => program('put'),
    flags: fault(throttle),
    problems: expecting({ code: 0, kept: true, acked: 200 }, (seen) => [
      same('refused', firingsOf(seen, 'throttle-shard'), 2),
      duplicates(seen, 0),
    ]),
  }),
  row({
    name: 'go-late-response',
    client: 'Go SDK v2, PutRecord, serial',
    fault: 'the answer of call 10 comes after 2 s',
    // Its client has no deadline for an answer.
    expected: 'holds; no duplicate: it waits',
    command: ({ go: program }) => program('put'),
    flags: fault('late-response:call=10,ms=2000'),
    problems: holdsOnce,
  }),
  row({
    name: 'go-cut-response',
    client: 'Go SDK v2, PutRecord, serial',
    fault: isCut,
    // aws/retry does not treat "unexpected EOF" as a connection error, so the call is not repeated.
    expected: 'the command fails, exit 5: the SDK does not repeat the call; 9 acknowledged, nothing violated',
    command: ({ go: program }) => program('put'),
    flags: fault(cut),
    problems: ends,
  }),
];

const js: readonly Row[] = [
  row({
    name: 'js-fail-record',
    client: 'JS SDK v3, default client (h2), PutRecords, failed entries sent again',
    fault: 'entries 1 and 4 of call 3 fail',
    expected: 'violated key-reorder 2, retry, blame producer',
    command: ({ js: program }) => program('puts'),
    flags: fault(fail),
    problems: reorders,
  }),
  row({
    name: 'js-throttle-shard',
    client: 'JS SDK v3, default client (h2), PutRecord, serial',
    fault: isThrottled,
    expected: 'holds; no duplicate; two retries',
    command: ({ js: program }) => program('put'),
    flags: fault(throttle),
    problems: expecting({ code: 0, kept: true, acked: 200 }, (seen) => [
      same('retries that it counted', seen.counted['retries'], 2),
      duplicates(seen, 0),
    ]),
  }),
  row({
    name: 'js-late-response',
    client: 'JS SDK v3, default client (h2), PutRecord, serial',
    fault: 'the answer of call 10 comes after 2 s',
    // No deadline for an answer by default.
    expected: 'holds; no duplicate: it waits',
    command: ({ js: program }) => program('put'),
    flags: fault('late-response:call=10,ms=2000'),
    problems: expecting({ code: 0, kept: true, acked: 200 }, (seen) => [
      same('retries that it counted', seen.counted['retries'], 0),
      duplicates(seen, 0),
    ]),
  }),
  row({
    name: 'js-cut-response',
    client: 'JS SDK v3, default client (h2), PutRecord, serial',
    fault: isCut,
    // The handler resolves when the head has arrived. `aborted` reports the end of the body, and nobody listens to it
    // then.
    expected: 'the command fails, exit 5: the SDK does not repeat the call; 9 acknowledged, nothing violated',
    command: ({ js: program }) => program('put'),
    flags: fault(cut),
    problems: ends,
  }),
];

/**
 * The program waits for each record before it puts the next one of the key, so a retry of the KPL cannot pass
 * anything.
 */
const warm = 'KPL, warm, each record after the answer to the one before it of its key';
const kplRow = (given: Omit<Given, 'client' | 'command' | 'flags'> & { readonly does: string }): Row => {
  const { does, ...rest } = given;
  return row({ ...rest, client: warm, command: ({ kpl: program }) => program('warm', '400'), flags: fault(does) });
};

const kpl: readonly Row[] = [
  kplRow({
    name: 'kpl-fail-record',
    does: 'fail-record:call=3,entries=0',
    fault: 'entry 0 of call 3 fails',
    expected: 'holds; the KPL sends it again; no duplicate',
    problems: kplHolds,
  }),
  kplRow({
    name: 'kpl-throttle-shard',
    does: 'throttle-shard:call=3,calls=4',
    fault: 'the entries of shard 0 in calls 3 to 6 are refused as too many',
    expected: 'holds; the KPL sends them again; no duplicate',
    problems: kplHolds,
  }),
  kplRow({
    name: 'kpl-late-response',
    does: 'late-response:call=3,ms=20000',
    fault: 'the answer of call 3 comes after 20 s',
    // RequestTimeout is 6 s.
    expected: 'holds; duplicate, retry, as many as the KPL counts as retried, allowed',
    problems: kplCopies,
  }),
  kplRow({
    name: 'kpl-cut-response',
    does: 'cut-response:call=3',
    fault: 'the answer of call 3 breaks off in its middle',
    expected: 'holds; duplicate, retry, as many as the KPL counts as retried, allowed',
    problems: kplCopies,
  }),
];

/** Producers under the legal faults of puts. The defaults of each decide the outcome. */
export const legalPutRows: readonly Row[] = [...boto, ...go, ...js, ...kpl];
