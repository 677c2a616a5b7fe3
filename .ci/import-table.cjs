// What each folder of `harness/` holds, and what it may import beside itself. Enforced by .dependency-cruiser.cjs,
// rendered into docs/architecture.md. A folder that is not named here may import no other, and no other may import it.
const judge = ['model', 'lib'];

module.exports = {
  lib: { what: 'helpers without a subject: clock, randomness, files, errors', may: [] },
  model: { what: 'events, verdicts, anomalies, numbers: the types of both halves', may: ['lib'] },
  history: { what: 'the file: reading, writing, its schema', may: judge },
  'checks/index': { what: 'the index of a history: places, orders, coverage, lineage', may: judge },
  checks: { what: 'what a check is', may: ['checks/index', ...judge] },
  'checks/catalogue': { what: 'the claims, one file each', may: ['checks', 'checks/index', ...judge] },
  'checks/judge': {
    what: 'expectations, explanations, the verdict',
    may: ['checks', 'checks/index', 'checks/catalogue', ...judge],
  },
  'checks/streaming': {
    what: 'judging while reading, in flat memory',
    may: ['checks', 'checks/index', 'checks/catalogue', 'checks/judge', ...judge],
  },
  witness: { what: 'cutting a history down', may: judge },
  judging: {
    what: '`checkHistory` and `reduceHistory`: all that judging needs',
    may: ['checks', 'checks/index', 'checks/judge', 'checks/streaming', 'history', 'witness', ...judge],
  },
  parts: {
    what: 'histories split into parts that are judged separately, and the merged verdict',
    may: ['checks', 'checks/index', 'checks/catalogue', 'checks/judge', 'checks/streaming', 'history', ...judge],
  },
  spark: {
    what: 'parts of histories as the steps of a Spark SQL job',
    may: ['checks/judge', 'history', 'judging', 'parts', ...judge],
  },
  detection: {
    what: 'mistakes put into copies of a history that holds, to count those that are found',
    may: ['checks/judge', 'judging', 'history', ...judge],
  },
  headroom: { what: 'how close a history came to the quotas of a shard', may: judge },
  report: { what: 'reporters, the HTML report, drawings', may: ['headroom', ...judge] },
  scenario: { what: 'scenario files: fields, loading, resolving', may: judge },
  workload: { what: 'keys, payloads, partitions, aggregation', may: judge },
  kinesis: { what: 'the AWS SDK, and nothing else knows it', may: judge },
  targets: { what: 'engines: starting, attaching, known deviations', may: ['kinesis', ...judge] },
  provision: { what: 'streams: API, CloudFormation, templates', may: ['kinesis', ...judge] },
  faults: { what: 'one fault a file', may: judge },
  commands: { what: 'programs of others: starting, waiting, ending', may: judge },
  tap: { what: 'calls become events of a history', may: ['workload', ...judge] },
  importers: { what: 'dumps and logs become a history, one format a file', may: ['tap', 'history', ...judge] },
  gateway: { what: 'the wire between a client and an engine', may: ['faults', 'kinesis', 'tap', ...judge] },
  producers: { what: 'one write strategy a file', may: ['kinesis', 'workload', 'commands', 'tap', ...judge] },
  consumers: { what: 'readers that follow the lineage of shards', may: ['kinesis', 'workload', 'tap', ...judge] },
  subjects: {
    what: 'consumers under test: starting, hearing, waiting, ending',
    may: ['commands', 'consumers', 'kinesis', 'tap', 'workload', ...judge],
  },
  run: {
    what: 'one scenario on one engine, into one history',
    may: [
      ...['history', 'scenario', 'workload', 'kinesis', 'targets', 'provision', 'faults', 'commands'],
      ...['tap', 'gateway', 'producers', 'consumers', 'subjects', ...judge],
    ],
  },
  record: {
    what: 'programs of others, into a history for each stream',
    may: [
      ...['history', 'scenario', 'kinesis', 'targets', 'provision', 'faults', 'commands', 'tap', 'gateway'],
      ...['consumers', 'run', 'subjects', ...judge],
    ],
  },
  session: {
    what: 'one run of many scenarios: plan, run, judge, write',
    may: [
      ...['scenario', 'workload', 'targets', 'provision', 'faults', 'producers', 'consumers', 'run', 'judging'],
      ...['detection', 'headroom', 'report', 'subjects', ...judge],
    ],
  },
  compare: {
    what: 'ways to write against each other: open-loop rounds, latencies, order, cost, one table',
    may: [...['history', 'scenario', 'targets', 'producers', 'headroom', 'judging', 'session', 'report', ...judge]],
  },
  init: { what: 'the files of a new project', may: ['lib'] },
  middleware: {
    what: 'the calls of a client of the AWS SDK, seen inside a test',
    may: [...['kinesis', 'targets', 'tap', 'record', 'subjects', 'judging', 'session', 'report', ...judge]],
  },
  conformance: { what: 'what AWS says of the API, asked of an engine', may: ['kinesis', ...judge] },
  properties: { what: 'laws for a batcher, a wrapper, an aggregator of others', may: ['workload', ...judge] },
  cli: {
    what: 'verbs, flags, exit codes',
    may: [
      ...[
        'checks/catalogue',
        'commands',
        'compare',
        'conformance',
        'consumers',
        'faults',
        'history',
        'importers',
        'init',
        'judging',
      ],
      ...[
        'kinesis',
        'parts',
        'producers',
        'provision',
        'record',
        'report',
        'run',
        'scenario',
        'session',
        'spark',
        'tap',
        'targets',
      ],
      ...['subjects', 'workload', ...judge],
    ],
  },
};
