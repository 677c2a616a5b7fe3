import type { Comparison, Row } from '../../compare/result.ts';

const none = { count: 0, max: 0, stretches: [] } as const;

/** For tests: a row of which only what matters is said. */
export const aRow = (over: Partial<Row> = {}): Row => ({
  arm: 'one',
  what: 'one way',
  promised: { short: 'nothing', words: 'nothing', source: 'none' },
  rounds: 1,
  records: 0,
  acked: 0,
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
  ranking: { groups: [], behind: [] },
  sweep: [],
  packing: [],
  ...over,
});
