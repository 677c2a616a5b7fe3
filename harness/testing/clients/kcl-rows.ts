import { blamed, givenTo, handled } from './consumer-problems.ts';
import { expecting, fanOutRecords, foundOf, kindsOf, type Row, type Seen, same } from './row.ts';

const counter = ['--id', 'json:/seq'];
const patience = ['--timeout', '4m', '--done', '3m'];
const owes = ['--owes', 'TRIM_HORIZON', ...patience];
const reshard = (what: string): readonly string[] => ['--reshard', `${what}:afterAcked=40`];

type Given = Pick<Row, 'name' | 'fault' | 'expected' | 'problems' | 'runs'> & {
  readonly how?: 'polling' | 'fan-out';
  readonly handler?: 'good' | 'drops' | 'throws' | 'ahead';
  readonly flags?: readonly string[];
  /** The producer; by default boto3, record by record. */
  readonly from?: string;
  readonly command?: Row['command'];
  readonly isQuick?: true;
};

const kcl = ({
  how = 'polling',
  handler = 'good',
  flags = [],
  from = 'boto3',
  command,
  isQuick,
  ...row
}: Given): Row => ({
  ...row,
  client: `${from} → KCL, ${how}${handler === 'good' ? '' : `, its handler: ${handler}`}`,
  command: command ?? (({ boto }) => boto('put')),
  consumer: ({ kcl: program }) => program(how, handler),
  hasLeases: true,
  flags: [...counter, ...owes, ...flags],
  isQuick: isQuick === true,
});

/** All records were delivered, as many as the consumer counted, and nobody is blamed. */
const all = (seen: Seen) => [
  ...handled(200, 200)(seen),
  same('given, as it counted', givenTo(seen), seen.counted['given']),
  same('subject-loss', foundOf(seen, 'subject-loss'), 0),
];

/** The records that it left are lost, each once, and only the consumer is blamed. */
const left = (seen: Seen) => [
  same('lost, as it counted what it left', foundOf(seen, 'subject-loss'), seen.counted['left'] ?? -1),
  same('blame', [...new Set(kindsOf(seen, 'subject-loss').map((kind) => kind.split(' ')[1]))], ['consumer']),
  blamed(seen),
];

/** Records were delivered again only after the last checkpoint. */
const resumed = (seen: Seen) => [
  ...handled(200, 200)(seen),
  same(
    'other copies',
    kindsOf(seen, 'subject-duplicate').filter((kind) => kind !== 'resume consumer'),
    [],
  ),
];

const lost = ['subject-loss', 'checkpoint-ahead', 'fetched-not-delivered'];

/** Applications of KCL 3 with leases on dynalite. */
export const kclRows: readonly Row[] = [
  kcl({
    name: 'kcl-split',
    isQuick: true,
    fault: 'a split',
    expected: 'holds; 200 of 200 handled, as it counted',
    flags: reshard('split'),
    problems: expecting({ code: 0, kept: true, acked: 200 }, all),
  }),
  kcl({
    name: 'kcl-merge',
    fault: 'a merge',
    expected: 'holds; 200 of 200 handled, as it counted',
    flags: reshard('merge'),
    problems: expecting({ code: 0, kept: true, acked: 200 }, all),
  }),
  kcl({
    name: 'kcl-fan-out',
    how: 'fan-out',
    fault: 'none',
    expected: 'holds; 200 of 200 handled, as it counted; fan-out pages',
    problems: expecting({ code: 0, kept: true, acked: 200 }, (seen) => [
      ...all(seen),
      fanOutRecords(seen) >= 200 ? undefined : `only ${fanOutRecords(seen)} records in fan-out pages`,
    ]),
  }),
  kcl({
    name: 'kcl-fan-out-split',
    how: 'fan-out',
    fault: 'a split; kinesis-local never tells a subscription that its shard has closed',
    expected: 'unknown, exit 4: the engine is named, and nobody is blamed',
    flags: reshard('split'),
    problems: expecting({ code: 4, acked: 200 }, (seen) => [
      blamed(seen),
      same('the consumer is blamed', blamesOfConsumer(seen), []),
      seen.output.includes('never told the subscription its end') ? undefined : 'the engine is not named',
    ]),
  }),
  kcl({
    name: 'kcl-killed',
    fault: 'SIGKILL after 60 records, started again',
    expected: 'holds; 200 of 200 handled; what lay behind the checkpoint may come again',
    flags: ['--fault', 'kill-consumer:of=consumer/1,afterDelivered=60'],
    problems: expecting({ code: 0, kept: true, acked: 200 }, resumed),
  }),
  kcl({
    name: 'kcl-paused',
    fault: 'two workers; SIGSTOP after 30 records until the other has taken over, then SIGCONT',
    expected: 'holds; 200 of 200 handled; what lay behind the checkpoint may come again',
    flags: ['--instances', '2', '--fault', 'pause-consumer:of=consumer/1,afterDelivered=30,untilOwner=consumer/2'],
    problems: expecting({ code: 0, kept: true, acked: 200 }, resumed),
  }),
  kcl({
    name: 'kcl-drops',
    handler: 'drops',
    fault: 'none',
    expected: 'violated subject-loss and checkpoint-ahead, blame consumer, as many as it left',
    problems: expecting({ code: 1, violated: lost, acked: 200 }, left),
  }),
  kcl({
    name: 'kcl-throws',
    handler: 'throws',
    fault: 'none',
    expected:
      'violated subject-loss and checkpoint-ahead, blame consumer, as many as it left: the KCL goes on after it',
    problems: expecting({ code: 1, violated: lost, acked: 200 }, left),
  }),
  kcl({
    name: 'kcl-ahead-killed',
    // Batches of many records, so that it is killed during one.
    from: 'boto3, PutRecords',
    command: ({ boto }) => boto('puts'),
    handler: 'ahead',
    fault: 'SIGKILL after 60 records, started again',
    expected: 'violated subject-loss and checkpoint-ahead, blame consumer, count = acknowledged − delivered',
    flags: ['--fault', 'kill-consumer:of=consumer/1,afterDelivered=60'],
    problems: (seen) => {
      const [subject] = seen.history?.subjects ?? [];
      const missing = (subject?.owed ?? 0) - (subject?.delivered ?? 0);
      const found = [
        same('exit code', seen.code, 1),
        missing > 0 ? undefined : 'nothing was lost',
        same('lost', foundOf(seen, 'subject-loss'), missing),
        foundOf(seen, 'checkpoint-ahead') > 0 ? undefined : 'no checkpoint-ahead',
        blamed(seen),
      ];
      return found.filter((problem) => problem !== undefined);
    },
  }),
  kcl({
    name: 'kcl-legal-reads',
    fault:
      'pages of at most 3 records; read 6 finds its iterator expired; lag for 5 reads; 2 reads refused as too many',
    // The KCL takes a new iterator after its last number, and waits if it is refused.
    expected: 'holds; 200 of 200 handled, as it counted',
    flags: [
      'short-pages:reader=consumer,read=1,reads=1000,records=3',
      'expire-iterator:reader=consumer,read=6',
      'lag:reader=consumer,read=10,reads=5',
      'throttle-reads:reader=consumer,read=16,reads=2',
    ].flatMap((fault) => ['--fault', fault]),
    problems: expecting({ code: 0, kept: true, acked: 200 }, all),
  }),
  kcl({
    name: 'kcl-legal-shards',
    fault: 'a split; lists of shards one a page, in any order',
    expected: 'holds; 200 of 200 handled, as it counted',
    // The pages are cut from the list in its new order.
    flags: [
      ...[
        'paged-shards:client=consumer,list=1,lists=1000',
        'shuffled-shards:client=consumer,list=1,lists=1000',
      ].flatMap((fault) => ['--fault', fault]),
      ...reshard('split'),
    ],
    problems: expecting({ code: 0, kept: true, acked: 200 }, all),
  }),
  kcl({
    name: 'kcl-legal-stale',
    fault: 'a split; two stale lists of shards',
    // The KCL learns of the children from the last page of their parent (ChildShards), and lists shards rarely. So the
    // load is long, and not each run has a list in it.
    expected: 'holds; 1000 of 1000 handled, as it counted',
    command: ({ boto }) => boto('put', '1000'),
    flags: ['--fault', 'stale-shards:reshard=1,lists=2,describes=30', ...reshard('split')],
    problems: expecting({ code: 0, kept: true, acked: 1000 }, (seen) => [
      ...handled(1000, 1000)(seen),
      same('given, as it counted', givenTo(seen), seen.counted['given']),
      same('subject-loss', foundOf(seen, 'subject-loss'), 0),
    ]),
    runs: 3,
  }),
  kcl({
    name: 'kpl-kcl-split',
    from: 'KPL',
    command: ({ kpl }) => kpl('paced', '2000'),
    fault: 'a split after 600 records',
    expected: 'the claims about the consumer hold; duplicate, resend, blame producer; nothing blames the consumer',
    flags: ['--reshard', 'split:afterAcked=600', '--aggregates', 'kcl'],
    problems: (seen) => {
      const violated = (seen.history?.claims ?? []).filter(({ verdict }) => verdict === 'violated');
      const about = violated.map(({ anomaly }) => anomaly as string).filter((anomaly) => !ofProducer.has(anomaly));
      const found = [
        same('exit code', seen.code, 1),
        same('violated about the consumer', about, []),
        same('kinds of duplicate', kindsOf(seen, 'duplicate'), ['resend producer']),
        same('the consumer is blamed', blamesOfConsumer(seen), []),
        same('given, as it counted', givenTo(seen), seen.counted['given']),
      ];
      return found.filter((problem) => problem !== undefined);
    },
  }),
];

/** Findings that blame the consumer and are not allowed. Copies in the stream are not its fault. */
const blamesOfConsumer = ({ history }: Seen): readonly string[] => [
  ...new Set(
    (history?.findings ?? [])
      .filter(({ blame, expect }) => blame === 'consumer' && expect !== 'allow')
      .map(({ anomaly, kind, expect }) => `${anomaly} ${kind ?? ''} ${expect}`),
  ),
];

const ofProducer = new Set(['duplicate', 'key-reorder', 'undeliverable']);
