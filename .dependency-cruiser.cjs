/** The import table of docs/architecture.md, held by a machine: `.ci/import-table.cjs`. */
const table = require('./.ci/import-table.cjs');

const rooms = Object.keys(table);
const isInside = (room) => rooms.some((other) => room.startsWith(`${other}/`));
/** The files of a room, without those of the rooms inside it. */
const filesOf = (room) => {
  const inner = rooms.filter((other) => other.startsWith(`${room}/`)).map((other) => other.slice(room.length + 1));
  return inner.length === 0 ? `${room}/` : `${room}/(?!(${inner.join('|')})/)`;
};
const outer = rooms.filter((room) => !isInside(room));

const walls = Object.entries(table).map(([room, { may }]) => ({
  name: `${room.replace('/', '-')}-imports`,
  comment: `harness/${room} may import ${may.join(', ') || 'nothing of the harness'}`,
  severity: 'error',
  from: { path: `^harness/${filesOf(room)}`, pathNot: '\\.test\\.ts$' },
  to: { path: '^harness/', pathNot: `^harness/(${[room, ...may].map(filesOf).join('|')})` },
}));

module.exports = {
  forbidden: [
    ...walls,
    {
      name: 'every-folder-has-a-wall',
      comment: 'give it a line in .ci/import-table.cjs: what it holds, and what it may import',
      severity: 'error',
      from: {},
      to: { path: '^harness/[^/]+/', pathNot: `^harness/(${[...outer, 'testing'].join('|')})/` },
    },
    {
      name: 'only-main-imports-cli',
      comment: 'the library does not call the command line',
      severity: 'error',
      from: { path: '^harness/', pathNot: '(^harness/(cli|testing)/|^harness/main\\.ts$|\\.test\\.ts$)' },
      to: { path: '^harness/cli/' },
    },
    {
      name: 'the-root-holds-doors',
      comment: 'index, main, vitest: everything else lies in a folder',
      severity: 'error',
      from: { path: '^harness/(?!(index|main|vitest)\\.)[^/]+$', pathNot: '\\.test\\.ts$' },
      to: {},
    },
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
      from: { path: '^harness/', pathNot: '(^harness/(kinesis|testing/clients/programs)/|\\.test\\.ts$)' },
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
      from: { path: '^harness/judging/check-history\\.ts$' },
      to: { path: '^harness/', pathNot: '^harness/(checks|history|judging|model|lib)/' },
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
