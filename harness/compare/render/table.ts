import type { Comparison, Row } from '../result.ts';
import {
  maxWords,
  numberWords,
  orderWords,
  per1000,
  percentileWords,
  perMillionWords,
  sustainedWords,
  throttledWords,
} from './words.ts';

export type Column = {
  readonly head: string;
  /** What the column shows, for the page and for Markdown. */
  readonly what: string;
  readonly cell: (row: Row, comparison: Comparison) => string;
};

/** The columns of the table, which has one row for each arm. All formats use them. */
export const columns: readonly Column[] = [
  { head: 'arm', what: 'the way to write', cell: ({ arm }) => arm },
  {
    head: 'order kept?',
    what: 'neighbours of a key that readers met the wrong way round, of all that could be compared; kept: the share of reorders that so many pairs would have shown, in 95 of 100 runs',
    cell: orderWords,
  },
  {
    head: 'per million',
    what: 'inversions per million pairs; of no inversion: 3,000 pairs at least',
    cell: perMillionWords,
  },
  { head: 'copies', what: 'records that were stored twice', cell: ({ duplicates }) => numberWords(duplicates) },
  {
    head: 'lost',
    what: 'acknowledged, and not there for readers; or given to a producer that never sent it, or gave it up',
    cell: ({ losses }) => numberWords(losses),
  },
  { head: 'AWS promises', what: 'of the order of a key', cell: ({ promised }) => promised.short },
  { head: 'p50', what: 'due → acknowledged', cell: ({ dueToAcked }) => percentileWords(dueToAcked, 0.5) },
  { head: 'p99', what: 'due → acknowledged', cell: ({ dueToAcked }) => percentileWords(dueToAcked, 0.99) },
  { head: 'p99.9', what: 'due → acknowledged', cell: ({ dueToAcked }) => percentileWords(dueToAcked, 0.999) },
  { head: 'max', what: 'due → acknowledged', cell: ({ dueToAcked }) => maxWords(dueToAcked) },
  { head: 'read p50', what: 'due → delivered', cell: ({ dueToDelivered }) => percentileWords(dueToDelivered, 0.5) },
  { head: 'read p99', what: 'due → delivered', cell: ({ dueToDelivered }) => percentileWords(dueToDelivered, 0.99) },
  { head: 'read p99.9', what: 'due → delivered', cell: ({ dueToDelivered }) => percentileWords(dueToDelivered, 0.999) },
  { head: 'n', what: 'records acknowledged', cell: ({ dueToAcked }) => numberWords(dueToAcked.count) },
  {
    head: 'sustained',
    what: 'the highest rate at which the backlog did not grow; ≥ or < the offered rate where no sweep was asked for; unclear where rounds disagree; no where records were lost or not acknowledged',
    cell: (row, { setting }) => sustainedWords(row, setting.rate),
  },
  {
    head: 'calls',
    what: 'per 1,000 records acknowledged, resends included',
    cell: ({ calls, stored }) => per1000(calls, stored),
  },
  {
    head: 'units',
    what: 'PUT payload units per 1,000 records acknowledged, of all that the service took: copies included',
    cell: ({ units, stored }) => per1000(units, stored),
  },
  { head: 'throttled', what: 'calls that AWS would have throttled', cell: throttledWords },
];
