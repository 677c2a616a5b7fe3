import type { Comparison, Step } from '../result.ts';
import { maxWords, numberWords, percentileWords } from './words.ts';

export type StepColumn = { readonly head: string; readonly cell: (step: Step) => string };

const latencies: readonly StepColumn[] = [
  { head: 'p50', cell: ({ dueToAcked }) => percentileWords(dueToAcked, 0.5) },
  { head: 'p99', cell: ({ dueToAcked }) => percentileWords(dueToAcked, 0.99) },
  { head: 'p99.9', cell: ({ dueToAcked }) => percentileWords(dueToAcked, 0.999) },
  { head: 'max', cell: ({ dueToAcked }) => maxWords(dueToAcked) },
  { head: 'n', cell: ({ dueToAcked }) => numberWords(dueToAcked.count) },
];

/** Latency over offered rates. The knee is the last rate of an arm that was sustained. */
export const sweepColumns: readonly StepColumn[] = [
  { head: 'arm', cell: ({ arm }) => arm },
  { head: 'offered', cell: ({ rate }) => `${numberWords(rate)}/s` },
  { head: 'sustained?', cell: ({ isSustained }) => (isSustained === null ? 'unclear' : isSustained ? 'yes' : 'NO') },
  ...latencies,
];

/** Columns of the packing curve: what buffering saves, and the latencies that it costs. */
export const packingColumns: readonly StepColumn[] = [
  { head: 'RecordMaxBufferedTime', cell: ({ bufferedMs }) => `${numberWords(bufferedMs ?? 0)} ms` },
  { head: 'user records in a Kinesis record', cell: ({ perKinesisRecord }) => numberWords(perKinesisRecord) },
  { head: 'units', cell: ({ unitsPer1000 }) => numberWords(unitsPer1000) },
  { head: 'calls', cell: ({ callsPer1000 }) => numberWords(callsPer1000) },
  ...latencies,
];

export type StepTable = {
  readonly title: string;
  readonly columns: readonly StepColumn[];
  readonly steps: readonly Step[];
};

export const stepTables = ({ sweep, packing }: Comparison): readonly StepTable[] =>
  [
    { title: 'Latency over offered rates (due → acknowledged)', columns: sweepColumns, steps: inOrder(sweep) },
    { title: 'Aggregation: packing against latency (due → acknowledged)', columns: packingColumns, steps: packing },
  ].filter(({ steps }) => steps.length > 0);

/** Steps by arm, in the order of the rows; the rates of an arm ascend. */
const inOrder = (steps: readonly Step[]): readonly Step[] => {
  const arms = [...new Set(steps.map(({ arm }) => arm))];
  return arms.flatMap((arm) => steps.filter((step) => step.arm === arm).toSorted((a, b) => a.rate - b.rate));
};
