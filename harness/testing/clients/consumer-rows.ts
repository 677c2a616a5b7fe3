import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blamed, givenTo, handled } from './consumer-problems.ts';
import { expecting, foundOf, kindsOf, type Row, type Seen, same } from './row.ts';

const counter = ['--id', 'json:/seq'];
const owes = ['--owes', 'TRIM_HORIZON', '--done', '10s'];
const split = ['--reshard', 'split:afterAcked=40'];
const kill = ['--fault', 'kill-consumer:of=consumer/1,afterDelivered=60'];

const lost = (kind: string) => (seen: Seen) => [
  same('kinds of loss', kindsOf(seen, 'subject-loss'), [`${kind} consumer`]),
  blamed(seen),
];

/** A problem unless as many records are lost as the consumer itself left. */
const asCounted = (seen: Seen) => [
  same('lost, as it counted what it left', foundOf(seen, 'subject-loss'), seen.counted['left'] ?? -1),
];

type Given = Pick<Row, 'name' | 'fault' | 'expected' | 'flags' | 'problems'> & {
  readonly mode: string;
  /** Its checkpoints are in a file that outlives it. */
  readonly hasState?: true;
  readonly isQuick?: true;
};

const reader = ({ mode, hasState, isQuick, flags, ...row }: Given): Row => ({
  ...row,
  client: `boto3, a consumer: ${mode}`,
  command: ({ boto }) => boto('put'),
  consumer: ({ reader: program }) =>
    program(mode, ...(hasState === true ? [join(tmpdir(), `kinesis-order-${row.name}-${process.pid}.json`)] : [])),
  flags: [...counter, ...flags],
  isQuick: isQuick === true,
});

/**
 * Rows of consumers. Each one that loses records is violated if it owes everything, and unknown if it declares
 * nothing.
 */
export const consumerRows: readonly Row[] = [
  reader({
    name: 'reader-good',
    mode: 'good',
    fault: 'a split',
    expected: 'holds; 200 of 200 handled',
    flags: [...owes, ...split],
    problems: expecting({ code: 0, kept: true, acked: 200 }, handled(200, 200)),
  }),
  reader({
    name: 'reader-static',
    isQuick: true,
    mode: 'static',
    fault: 'a split',
    expected: 'violated subject-loss, shard',
    flags: [...owes, ...split],
    problems: expecting({ code: 1, violated: ['subject-loss'] }, lost('shard')),
  }),
  reader({
    name: 'reader-static-untold',
    mode: 'static',
    fault: 'a split; nothing says what it owes',
    expected: 'unknown, exit 4',
    flags: ['--done', '10s', ...split],
    problems: expecting({ code: 4 }),
  }),
  reader({
    name: 'reader-nothing',
    mode: 'nothing',
    fault: 'none',
    expected: 'violated subject-loss, shard',
    flags: [...owes, '--timeout', '15s'],
    problems: expecting({ code: 1, violated: ['subject-loss'] }, lost('shard')),
  }),
  reader({
    name: 'reader-head',
    mode: 'head',
    fault: 'none',
    expected: 'violated subject-loss, head, as many as it left',
    flags: owes,
    problems: expecting(
      { code: 1, violated: ['subject-loss', 'checkpoint-ahead', 'fetched-not-delivered'] },
      (seen) => [...lost('head')(seen), ...asCounted(seen)],
    ),
  }),
  reader({
    name: 'reader-tail',
    mode: 'tail',
    fault: 'none',
    expected: 'violated subject-loss, tail, as many as it left',
    flags: owes,
    // The records that it left lie after its last delivery. Two of them are sentinels.
    problems: expecting({ code: 1, violated: ['subject-loss', 'fetched-not-delivered'] }, (seen) => [
      ...lost('tail')(seen),
      same('lost, as it counted what it left', foundOf(seen, 'subject-loss'), (seen.counted['left'] ?? -1) - 2),
    ]),
  }),
  reader({
    name: 'reader-drops',
    isQuick: true,
    mode: 'drops',
    fault: 'none',
    expected: 'violated subject-loss, middle, and checkpoint-ahead; as many as it left',
    flags: owes,
    problems: expecting(
      { code: 1, violated: ['subject-loss', 'checkpoint-ahead', 'fetched-not-delivered'] },
      (seen) => [...lost('middle')(seen), ...asCounted(seen)],
    ),
  }),
  reader({
    name: 'reader-killed',
    isQuick: true,
    mode: 'good',
    hasState: true,
    fault: 'SIGKILL after 60 records, started again',
    expected: 'holds; 200 of 200 handled; what lay behind the checkpoint may come again',
    flags: [...owes, ...kill],
    problems: expecting({ code: 0, kept: true }, handled(200, 200)),
  }),
  reader({
    name: 'reader-eager',
    mode: 'eager',
    fault: 'a split',
    expected: 'violated child-before-parent, blame consumer; 200 of 200 handled',
    flags: [...owes, ...split],
    problems: expecting({ code: 1, violated: ['child-before-parent'], kept: true, acked: 200 }, (seen) => [
      ...handled(200, 200)(seen),
      same('who is blamed', kindsOf(seen, 'child-before-parent'), ['none consumer']),
      blamed(seen),
    ]),
  }),
  {
    name: 'js-reader-good',
    client: 'JS SDK v3, kinesis-order/consumer: record after record',
    fault: 'a split',
    expected: 'holds; 200 of 200 handled, as it counted',
    command: ({ boto }) => boto('put'),
    consumer: ({ jsReader }) => jsReader('good'),
    flags: [...counter, ...owes, ...split],
    problems: expecting({ code: 0, kept: true, acked: 200 }, (seen) => [
      ...handled(200, 200)(seen),
      same('given, as it counted', givenTo(seen), seen.counted['given']),
    ]),
    isQuick: true,
  },
  {
    name: 'js-reader-parallel',
    client: 'JS SDK v3, kinesis-order/consumer: all records of a page at once',
    fault: 'none',
    expected: 'violated effect-reorder, blame consumer; 200 of 200 handled',
    command: ({ boto }) => boto('put', '200', '2'),
    consumer: ({ jsReader }) => jsReader('parallel'),
    flags: [...counter, ...owes],
    problems: expecting({ code: 1, violated: ['effect-reorder'], kept: true, acked: 200 }, (seen) => [
      ...handled(200, 200)(seen),
      same('given, as it counted', givenTo(seen), seen.counted['given']),
      blamed(seen),
    ]),
    isQuick: false,
  },
];
