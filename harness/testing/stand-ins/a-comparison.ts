import type { Comparison, Row } from '../../compare/result.ts';

const none = { count: 0, max: 0, stretches: [] } as const;

/** For tests: a row of which only what matters is said. */
export const aRow = (over: Partial<Row> = {}): Row => ({
  arm: 'one',
  what: 'one way',
  promised: { short: 'nothing', words: 'nothing', source: 'none' },
  rounds: 1,
  records: 10,
  acked: 10,
  order: { kept: true, pairs: 10, inversions: 0 },
  duplicates: 0,
  losses: 0,
  broken: [],
  unknown: [],
  dueToAcked: none,
  sentToAcked: none,
  dueToDelivered: none,
  mostWaiting: 0,
  isSustained: true,
  answered: 150,
  sustained: null,
  calls: 10,
  stored: 10,
  kinesisRecords: 10,
  units: 10,
  onDemandKb: 10,
  throttledCalls: 0,
  countedCalls: 10,
  histories: [],
  ...over,
});

/** For tests: a ranking of which only what matters is said. */
export const aRanking = (over: Partial<Comparison['ranking']> = {}): Comparison['ranking'] => ({
  groups: [],
  undone: [],
  behind: [],
  few: [],
  disagree: [],
  unplaced: [],
  pairs: [],
  ...over,
});

export const aComparison = (rows: readonly Row[], over: Partial<Comparison> = {}): Comparison => ({
  format: 'kinesis-order-compare',
  version: 1,
  engine: 'kinesalite 3.3.3',
  isAws: false,
  setting: {
    scenario: 'taxi-rides',
    rate: 150,
    arrivals: 'constant',
    seconds: 3.5,
    rounds: 2,
    seed: '1',
    keys: 20,
    shards: 1,
    payload: 'taxiRide',
    pollMs: 200,
    faults: [],
  },
  rows: [...rows],
  ranking: aRanking(),
  sweep: [],
  packing: [],
  slowness: 1,
  ended: null,
  ...over,
});
