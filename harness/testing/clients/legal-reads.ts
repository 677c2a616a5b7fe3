import { blamed, givenTo, handled } from './consumer-problems.ts';
import { expecting, foundOf, kindsOf, type Row, type Seen, same } from './row.ts';

const faults = (...texts: readonly string[]): readonly string[] => texts.flatMap((text) => ['--fault', text]);
const owes = ['--id', 'json:/seq', '--owes', 'TRIM_HORIZON', '--done', '10s'];
const short = 'short-pages:reader=consumer,read=1,reads=1000,records=2';
const slow = faults(short, 'lag:reader=consumer,read=4,reads=5', 'throttle-reads:reader=consumer,read=10,reads=2');
/** Pages of two records, so that most of each shard is unread at read 8. */
const expired = faults(short, 'expire-iterator:reader=consumer,read=8');
const paged = faults('paged-shards:client=consumer,list=1,lists=1000');
/** The stream is reported as UPDATING until two lists were stale. */
const stale = [
  ...faults('stale-shards:reshard=1,lists=2,describes=30', 'shuffled-shards:client=consumer,list=1,lists=1000'),
  '--reshard',
  'split:afterAcked=40',
];

const isSlow = 'pages of at most 2 records; lag for 5 reads; 2 reads refused as too many';
const isExpired = 'pages of at most 2 records; the iterator of read 8 has expired';
const isPaged = 'ListShards gives one shard a page';
const isStale = 'a split; lists of shards in any order, and two of them stale';

const all = (seen: Seen) => [
  ...handled(200, 200)(seen),
  same('given, as it counted', givenTo(seen), seen.counted['given']),
  same('subject-loss', foundOf(seen, 'subject-loss'), 0),
];
const holds = expecting({ code: 0, kept: true, acked: 200 }, all);

const lost = (seen: Seen) => {
  const [subject] = seen.history?.subjects ?? [];
  const missing = (subject?.owed ?? 0) - (subject?.delivered ?? 0);
  return [
    missing > 0 ? undefined : 'nothing was lost',
    same('blame', [...new Set(kindsOf(seen, 'subject-loss').map((kind) => kind.split(' ')[1]))], ['consumer']),
    blamed(seen),
  ];
};
const loses = expecting({ code: 1, violated: ['subject-loss'], acked: 200 }, lost);

type Given = Omit<Row, 'client' | 'command' | 'isQuick'> & { readonly mode?: string };
const boto = ({ mode = 'good', flags, ...row }: Given): Row => ({
  ...row,
  client: `boto3, a consumer: ${mode}`,
  command: ({ boto: program }) => program('put'),
  consumer: ({ reader }) => reader(mode),
  flags: [...owes, ...flags],
  isQuick: false,
});
const js = ({ mode = 'good', flags, ...row }: Given): Row => ({
  ...row,
  client: `JS SDK v3, kinesis-order/consumer: ${mode}`,
  command: ({ boto: program }) => program('put'),
  consumer: ({ jsReader }) => jsReader(mode),
  flags: [...owes, ...flags],
  isQuick: false,
});

/** Consumers under the legal faults of reads and of lists of shards. */
export const legalReadRows: readonly Row[] = [
  boto({
    name: 'reader-legal-slow',
    fault: isSlow,
    // botocore repeats ProvisionedThroughputExceededException, up to four times.
    expected: 'holds; 200 of 200 handled, as it counted',
    flags: slow,
    problems: holds,
  }),
  boto({
    name: 'reader-legal-expired',
    fault: isExpired,
    // botocore does not repeat the call, so the thread of that shard ends without notice.
    expected: 'violated subject-loss, blame consumer',
    flags: expired,
    problems: loses,
  }),
  boto({
    name: 'reader-legal-renews',
    mode: 'renews',
    fault: isExpired,
    expected: 'holds; 200 of 200 handled, as it counted: it goes on after the last number that it had',
    flags: expired,
    problems: holds,
  }),
  boto({
    name: 'reader-legal-paged',
    fault: isPaged,
    // A loss was expected at first: list_shards returns one page, and the consumer never asks for the next one. But no
    // fault acts once the command has ended, and the consumer lists again: it then finds the other shard, and reads it
    // from its beginning.
    expected: 'holds; 200 of 200 handled, as it counted: late, from a later list',
    flags: paged,
    problems: holds,
  }),
  boto({
    name: 'reader-legal-paged-static',
    mode: 'static',
    fault: isPaged,
    // The consumer lists once, and never asks for the next page.
    expected: 'violated subject-loss, shard, blame consumer',
    flags: paged,
    problems: expecting({ code: 1, violated: ['subject-loss'], acked: 200 }, (seen) => [
      ...lost(seen),
      same('kinds of loss', kindsOf(seen, 'subject-loss'), ['shard consumer']),
    ]),
  }),
  boto({
    name: 'reader-legal-stale',
    fault: isStale,
    expected: 'holds; 200 of 200 handled, as it counted',
    flags: stale,
    problems: holds,
  }),
  js({
    name: 'js-reader-legal-slow',
    fault: isSlow,
    // The SDK makes three attempts a call, so two refused reads are not too many.
    expected: 'holds; 200 of 200 handled, as it counted',
    flags: slow,
    problems: holds,
  }),
  js({
    name: 'js-reader-legal-expired',
    fault: isExpired,
    // An uncaught error ends Node.js, so what it would still have handled is unknown. Exit code 4 was expected at
    // first; a consumer that fails is a program that fails: 5.
    expected: 'the consumer fails, exit 5: an error that nobody catches; nothing violated',
    flags: expired,
    problems: expecting({ code: 5, acked: 200 }),
  }),
  js({
    name: 'js-reader-legal-renews',
    mode: 'renews',
    fault: isExpired,
    expected: 'holds; 200 of 200 handled, as it counted: it goes on after the last number that it had',
    flags: expired,
    problems: holds,
  }),
  js({
    name: 'js-reader-legal-paged',
    fault: isPaged,
    // As above: it lists again once no fault acts.
    expected: 'holds; 200 of 200 handled, as it counted: late, from a later list',
    flags: paged,
    problems: holds,
  }),
  js({
    name: 'js-reader-legal-stale',
    fault: isStale,
    expected: 'holds; 200 of 200 handled, as it counted',
    flags: stale,
    problems: holds,
  }),
];
