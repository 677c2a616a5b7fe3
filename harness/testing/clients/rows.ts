import { givenTo, handled } from './consumer-problems.ts';
import { expecting, fanOutRecords, foundOf, kindsOf, type Row, type Seen, same } from './row.ts';

const counter = ['--id', 'json:/seq'];
const drop = ['--fault', 'drop-response:call=10'];
const fail = ['--fault', 'fail-record:call=3,entries=1+4'];
const split = ['--reshard', 'split:afterAcked=40'];

/** One copy, by a retry after an answer that the client did not get. */
const oneRetry = (seen: Seen) => [
  same('duplicates', foundOf(seen, 'duplicate'), 1),
  same('kinds of duplicate', kindsOf(seen, 'duplicate'), ['retry producer']),
];

export const producerRows: readonly Row[] = [
  {
    name: 'boto3-drop',
    client: 'boto3, PutRecord, serial',
    fault: 'the answer of call 10 is lost',
    expected: 'holds; one duplicate, retry, allowed',
    command: ({ boto }) => boto('put'),
    flags: [...counter, ...drop],
    problems: expecting({ code: 0, kept: true, acked: 200 }, (seen) => [
      ...oneRetry(seen),
      same('retries that it counted', seen.counted['retries'], 1),
    ]),
    isQuick: true,
  },
  {
    name: 'boto3-partial-service',
    client: 'boto3, PutRecords, failed entries sent again',
    fault: 'entries 1 and 4 of call 3 fail; --question service',
    expected: 'holds; 2 key-reorder allowed; order not kept',
    command: ({ boto }) => boto('puts'),
    flags: [...counter, ...fail, '--question', 'service'],
    problems: expecting({ code: 0, kept: false, acked: 200 }, (seen) => [
      same('reorders', foundOf(seen, 'key-reorder'), 2),
      same('failed entries that it counted', seen.counted['failedEntries'], 2),
    ]),
    isQuick: false,
  },
  {
    name: 'boto3-partial-pipeline',
    client: 'boto3, PutRecords, failed entries sent again',
    fault: 'entries 1 and 4 of call 3 fail',
    expected: 'violated key-reorder 2, retry, blame producer',
    command: ({ boto }) => boto('puts'),
    flags: [...counter, ...fail],
    problems: expecting({ code: 1, violated: ['key-reorder'], kept: false }, (seen) => [
      same('reorders', foundOf(seen, 'key-reorder'), 2),
      same('kinds of reorder', kindsOf(seen, 'key-reorder'), ['retry producer']),
    ]),
    isQuick: true,
  },
  {
    name: 'boto3-gives-up',
    client: 'boto3, PutRecords, failed entries left',
    fault: 'entries 1 and 4 of call 3 fail',
    expected: 'violated counter-gap 2, gave-up',
    command: ({ boto }) => boto('puts-leave'),
    flags: [...counter, ...fail],
    problems: expecting({ code: 1, violated: ['counter-gap'], acked: 198 }, (seen) => [
      same('gaps', foundOf(seen, 'counter-gap'), seen.counted['failedEntries']),
      same('kinds of gap', kindsOf(seen, 'counter-gap'), ['gave-up producer']),
    ]),
    isQuick: false,
  },
  {
    name: 'boto3-late-answer',
    client: 'boto3, PutRecord, serial, read timeout 3 s',
    fault: 'the gateway has written answer 30, the client does not get it',
    expected: 'holds; one duplicate, retry, allowed',
    command: ({ boto, late }) => late(30, boto('impatient', '100')),
    flags: counter,
    problems: expecting({ code: 0, kept: true, acked: 100 }, oneRetry),
    isQuick: false,
  },
  {
    name: 'boto3-split',
    client: 'boto3, PutRecord with SequenceNumberForOrdering',
    fault: 'a split after 40 records',
    expected: 'holds; keys across the reshard',
    command: ({ boto }) => boto('ordered'),
    flags: [...counter, ...split],
    problems: expecting({ code: 0, kept: true }, (seen) => [acrossReshard(seen)]),
    isQuick: true,
  },
  {
    name: 'boto3-split-no-counter',
    client: 'boto3, PutRecord with SequenceNumberForOrdering',
    fault: 'a split after 40 records; --id none',
    expected: 'holds; keys across the reshard',
    command: ({ boto }) => boto('ordered'),
    flags: ['--id', 'none', ...split],
    problems: expecting({ code: 0, kept: true }, (seen) => [acrossReshard(seen)]),
    isQuick: false,
  },
  {
    name: 'boto3-threads',
    client: 'boto3, PutRecord from 8 threads, one key',
    fault: 'none',
    expected: 'order not kept: violated key-reorder, blame producer',
    command: ({ boto }) => boto('threads', '200', '1'),
    flags: counter,
    problems: expecting({ code: 1, violated: ['key-reorder'], kept: false }, (seen) => [
      kindsOf(seen, 'key-reorder').every((kind) => kind.endsWith(' producer')) ? undefined : 'somebody else is blamed',
    ]),
    isQuick: false,
  },
  {
    name: 'go-resends-whole-calls',
    client: 'Go SDK v2, PutRecords, whole calls sent again',
    fault: 'entries 1 and 4 of call 3 fail',
    expected: 'violated duplicate 38, resend, blame producer',
    command: ({ go }) => go('puts-whole'),
    flags: [...counter, ...fail],
    problems: expecting({ code: 1, violated: ['duplicate', 'key-reorder'] }, (seen) => [
      same('copies', foundOf(seen, 'duplicate'), 38),
      same('kinds of duplicate', kindsOf(seen, 'duplicate'), ['resend producer']),
      same('calls that it sent again', seen.counted['resentCalls'], 1),
    ]),
    isQuick: true,
  },
  {
    name: 'go-drop',
    client: 'Go SDK v2, PutRecord, serial',
    fault: 'the answer of call 10 is lost; --id none',
    expected: 'holds; one duplicate, retry, allowed',
    command: ({ go }) => go('put'),
    flags: ['--id', 'none', ...drop],
    problems: expecting({ code: 0, kept: true, acked: 200 }, oneRetry),
    isQuick: false,
  },
  {
    name: 'js-fan-out-drop',
    client: 'JS SDK v3, default client (h2), PutRecord and a fan-out reader',
    fault: 'the answer of call 10 is lost',
    expected: 'holds; one duplicate, retry, allowed; fan-out pages',
    command: ({ js }) => js('fan-out'),
    flags: [...counter, ...drop],
    problems: expecting({ code: 0, kept: true, acked: 200 }, (seen) => [
      ...oneRetry(seen),
      same('records of fan-out pages', fanOutRecords(seen), seen.counted['fanOut']),
    ]),
    isQuick: true,
  },
  {
    name: 'js-burst',
    client: 'JS SDK v3, default client (h2), 500 PutRecord at once',
    fault: 'none; no counter',
    expected: 'not red: overlapping calls are counted, not compared',
    command: ({ js }) => js('burst', '500', '20'),
    flags: ['--id', 'none'],
    problems: expecting({ code: 4, acked: 500 }, ({ history }) => [
      (history?.power['unorderedPairs'] ?? 0) > 0 ? undefined : 'no overlapping pairs were counted',
    ]),
    isQuick: false,
  },
  {
    name: 'kpl-warm',
    client: 'KPL, warm, each record after the answer to the one before it of its key',
    fault: 'none',
    expected: 'holds; 0 inversions',
    command: ({ kpl }) => kpl('warm', '2000'),
    flags: counter,
    problems: expecting({ code: 0, kept: true, acked: 2001 }, (seen) => [same('retried', seen.counted['retried'], 0)]),
    isQuick: true,
  },
  {
    name: 'kpl-cold',
    client: 'KPL, cold and unpaced',
    fault: 'none',
    expected: 'order not kept: sent-late, blame producer, nothing retried',
    command: ({ kpl }) => kpl('cold', '2000'),
    flags: counter,
    problems: expecting({ code: 1, violated: ['key-reorder'], kept: false, acked: 2000 }, (seen) => [
      same('retried', seen.counted['retried'], 0),
      kindsOf(seen, 'key-reorder').includes('sent-late producer') ? undefined : 'none is sent-late of the producer',
    ]),
    runs: 4,
    isQuick: false,
  },
  {
    name: 'kpl-split',
    client: 'KPL, a record every 10 ms',
    fault: 'a split after 600 records',
    expected: 'violated duplicate, resend, as many as the KPL counts as "Wrong Shard"; stray sub-records reported',
    command: ({ kpl }) => kpl('paced', '2000'),
    flags: [...counter, '--reshard', 'split:afterAcked=600'],
    problems: (seen) => {
      const wrongShard = seen.counted['wrongShard'] ?? 0;
      const found = [
        same('exit code', seen.code, 1),
        same('copies', foundOf(seen, 'duplicate'), wrongShard),
        same('kinds of duplicate', kindsOf(seen, 'duplicate'), ['resend producer']),
        wrongShard > 0 ? undefined : 'the KPL met no wrong shard',
        foundOf(seen, 'stray-sub-record') > 0 ? undefined : 'no stray sub-record is reported',
      ];
      return found.filter((problem) => problem !== undefined);
    },
    isQuick: false,
  },
];

const acrossReshard = ({ history }: Seen): string | undefined =>
  (history?.power['keysAcrossReshard'] ?? 0) > 0 ? undefined : 'no key crossed the reshard';

/** Engines of clean runs, and the most runs on each: moto is slow. */
export const cleanEngines: Readonly<Record<string, number>> = {
  'kinesis-local': 100,
  kinesalite: 100,
  ministack: 100,
  moto: 5,
};
/** Fewer, because each run starts a JVM. */
const runsOfJava = 20;

/** Every client without a fault, on each engine. Nothing may be violated. */
export const cleanRows = (engines: readonly string[]): readonly Row[] => {
  const clean = (name: string, client: string, command: Row['command'], more: Partial<Row> = {}): Row => ({
    name: `clean-${name}`,
    client,
    fault: 'none',
    expected: 'holds',
    command,
    flags: counter,
    problems: expecting({ code: 0, kept: true, acked: 200 }),
    isQuick: false,
    engines,
    ...more,
  });
  const warm = 'KPL, warm, each record after the one before it of its key';
  const java = { engines: engines.filter((engine) => engine === 'kinesis-local'), runs: runsOfJava };
  return [
    clean('boto3', 'boto3, PutRecord, serial', ({ boto }) => boto('put')),
    clean('boto3-puts', 'boto3, PutRecords', ({ boto }) => boto('puts')),
    clean('go', 'Go SDK v2, PutRecord, serial', ({ go }) => go('put')),
    clean('js', 'JS SDK v3, default client (h2)', ({ js }) => js('put')),
    clean('kpl', warm, ({ kpl }) => kpl('warm', '400'), {
      ...java,
      problems: expecting({ code: 0, kept: true, acked: 401 }),
    }),
    clean('kcl', 'boto3 → KCL, polling', ({ boto }) => boto('put'), {
      ...java,
      consumer: ({ kcl }) => kcl('polling', 'good'),
      hasLeases: true,
      problems: expecting({ code: 0, kept: true, acked: 200 }, (seen) => [
        ...handled(200, 200)(seen),
        same('given, as it counted', givenTo(seen), seen.counted['given']),
      ]),
    }),
  ];
};
