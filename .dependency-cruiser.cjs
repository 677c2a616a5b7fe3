/** The import table of docs/architecture.md, held by a machine. Keys may import their values, and themselves. */
const may = {
  lib: [],
  model: ['lib'],
  scenario: ['model', 'lib'],
  workload: ['model', 'lib'],
  history: ['model', 'lib'],
  checks: ['model', 'lib'],
  kinesis: ['model', 'lib'],
  targets: ['kinesis', 'model', 'lib'],
  provision: ['kinesis', 'model', 'lib'],
  producers: ['kinesis', 'workload', 'commands', 'tap', 'model', 'lib'],
  consumers: ['kinesis', 'workload', 'tap', 'model', 'lib'],
  faults: ['model', 'lib'],
  commands: ['model', 'lib'],
  tap: ['workload', 'model', 'lib'],
  importers: ['tap', 'history', 'model', 'lib'],
  gateway: ['faults', 'kinesis', 'tap', 'model', 'lib'],
  witness: ['model', 'lib'],
  report: ['model', 'lib'],
  conformance: ['kinesis', 'model', 'lib'],
  properties: ['workload', 'model', 'lib'],
};

const walls = Object.entries(may).map(([folder, allowed]) => ({
  name: `${folder}-imports`,
  comment: `harness/${folder} may import ${allowed.join(', ') || 'nothing of the harness'}`,
  severity: 'error',
  from: { path: `^harness/${folder}/`, pathNot: '\\.test\\.ts$' },
  to: { path: '^harness/', pathNot: `^harness/(${[folder, ...allowed].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...walls,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'faults-by-interface',
      comment: 'the gateway knows no fault by name',
      severity: 'error',
      from: { path: '^harness/gateway/', pathNot: '\\.test\\.ts$' },
      to: { path: '^harness/faults/', pathNot: '^harness/faults/fault\\.ts$' },
    },
    {
      name: 'tap-by-interface',
      comment: 'the gateway tells calls, and knows nothing of histories',
      severity: 'error',
      from: { path: '^harness/gateway/', pathNot: '\\.test\\.ts$' },
      to: { path: '^harness/tap/', pathNot: '^harness/tap/call\\.ts$' },
    },
    {
      name: 'testing-only-in-tests',
      severity: 'error',
      from: { path: '^(harness|scenarios)', pathNot: '(\\.test\\.ts$|^harness/testing/)' },
      to: { path: '^harness/testing/' },
    },
    {
      name: 'kinesis-sdk-in-one-place',
      severity: 'error',
      from: { path: '^harness/', pathNot: '(^harness/(kinesis|clients/programs)/|\\.test\\.ts$)' },
      to: { path: '@aws-sdk/client-kinesis' },
    },
    {
      name: 'cloudformation-sdk-in-one-place',
      severity: 'error',
      from: { path: '^harness/', pathNot: '(^harness/provision/|\\.test\\.ts$)' },
      to: { path: '@aws-sdk/client-cloudformation' },
    },
    {
      name: 'judging-never-runs',
      comment: 'check-history needs nothing but the file',
      severity: 'error',
      from: { path: '^harness/check-history\\.ts$' },
      to: { path: '^harness/', pathNot: '^harness/(checks|history|model|lib)/' },
    },
    {
      name: 'check-loads-no-engine',
      comment: 'they take longer to load than a small history to judge',
      severity: 'error',
      from: { path: '^harness/cli/check-command\\.ts$' },
      to: { path: '(^harness/(kinesis|provision|gateway|run)/|@aws-sdk|node_modules/zod)', reachable: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
