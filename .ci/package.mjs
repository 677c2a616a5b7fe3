// The package as a user gets it: packed, installed into an empty folder, with a user's scenario in TypeScript,
// JavaScript and JSON, and the laws under node:test.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { missingCompletions } from './completions.mjs';
import { recordProblem } from './package-record.mjs';

const root = resolve(import.meta.dirname ?? '.', '..');
const folder = mkdtempSync(join(tmpdir(), 'kinesis-order-package-'));
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const fail = (words) => {
  console.error(`package: ${words}`);
  process.exitCode = 1;
};
const run = (command, args, options = {}) =>
  spawnSync(command, args, { cwd: folder, encoding: 'utf8', timeout: 240_000, ...options });

/** The largest size in MB, counted in whole blocks like `du`. */
const sizeMax = 60;
const sizeOf = (path) => Number(execFileSync('du', ['-sm', path], { encoding: 'utf8' }).split('\t')[0]);
const scriptsOf = (modules) =>
  ['preinstall', 'install', 'postinstall'].flatMap((name) => {
    const found = execFileSync('npm', ['query', `:attr(scripts, [${name}])`], {
      cwd: join(modules, '..'),
      encoding: 'utf8',
    });
    return JSON.parse(found).map((one) => one.name);
  });

try {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
  execFileSync('npx', ['publint', '--strict'], { cwd: root, stdio: 'inherit' });
  const [{ filename, files }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  const strays = files
    .map(({ path }) => path)
    .filter((path) => /^dist\/(.*\/)?testing\/|^dist\/.*\.test\.|^harness\//.test(path));
  if (strays.length > 0) fail(`test files in the tarball: ${strays.slice(0, 5).join(', ')}`);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'stranger', private: true, type: 'module' }));
  const installed = run('npm', ['install', '--no-audit', '--no-fund', join(folder, filename)]);
  if (installed.status !== 0) throw new Error(installed.stderr);
  const scripts = scriptsOf(join(folder, 'node_modules'));
  if (scripts.length > 0) fail(`packages with install scripts: ${scripts.join(', ')}`);
  const megabytes = sizeOf(join(folder, 'node_modules'));
  if (megabytes > sizeMax) fail(`installed it takes ${megabytes} MB; ${sizeMax} are allowed`);
  console.log(`package: ${megabytes} MB installed`);
  const inited = run('npx', ['kinesis-order', 'init']);
  if (inited.status !== 0) fail(`init ended with ${inited.status}: ${inited.stderr}`);
  const green = run('npx', ['kinesis-order', 'run', '--seed', '1']);
  if (green.status !== 0) fail(`the green scenario of init ended with ${green.status}: ${green.stdout}${green.stderr}`);
  const red = run('npx', ['kinesis-order', 'run', 'scenarios/red', '--seed', '1']);
  if (red.status !== 1 || !red.stdout.includes('key-reorder'))
    fail(`the red scenario of init ended with ${red.status}: ${red.stdout}${red.stderr}`);
  const recorded = recordProblem(run, folder);
  if (recorded !== undefined) fail(recorded);
  // Optional packages: the laws need fast-check, and TypeScript on Node 20 needs tsx.
  const optional = ['fast-check', 'tsx'].map((name) => `${name}@${devDependencies[name]}`);
  const added = run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...optional]);
  if (added.status !== 0) throw new Error(added.stderr);
  const scenario = (name) =>
    `import { defineScenario, putRecord, type ScenarioInput } from 'kinesis-order';\nconst mine: ScenarioInput = defineScenario({ name: '${name}', why: 'mine', workload: { keys: 2, recordsPerKey: 4 }, producers: [putRecord()] });\nexport default mine;\n`;
  writeFileSync(join(folder, 'mine.scenario.ts'), scenario('mine-ts'));
  writeFileSync(
    join(folder, 'mine.scenario.js'),
    scenario('mine-js').replace(', type ScenarioInput', '').replace(': ScenarioInput', ''),
  );
  writeFileSync(
    join(folder, 'mine.scenario.json'),
    JSON.stringify({
      name: 'mine-json',
      why: 'mine',
      workload: { keys: 2, recordsPerKey: 4 },
      producers: [{ type: 'putRecord' }],
    }),
  );
  const ran = run('npx', [
    'kinesis-order',
    'run',
    'mine.scenario.ts',
    'mine.scenario.js',
    'mine.scenario.json',
    '--seed',
    '1',
  ]);
  process.stdout.write(ran.stdout);
  if (ran.status !== 0) fail(`run ended with ${ran.status}: ${ran.stderr}`);
  for (const name of ['mine-ts', 'mine-js', 'mine-json'])
    if (!new RegExp(`✔ ${name} +order kept; promises hold`).test(ran.stdout)) fail(`${name} did not hold`);
  const checked = run('npx', ['kinesis-order', 'check', 'reports/latest', '--reporter', 'json']);
  if (checked.status !== 0 || JSON.parse(checked.stdout).histories.length !== 3)
    fail(`check ended with ${checked.status}: ${checked.stderr}`);
  // Node itself does not start with fewer than about 19 files.
  for (const files of [24, 40, 80, 120, 150, 160, 200]) {
    const limited = run('bash', [
      '-c',
      `ulimit -n ${files}; exec node node_modules/kinesis-order/dist/main.js run mine.scenario.json`,
    ]);
    if (limited.status !== 3 || !limited.stderr.includes('ulimit -n') || /^ +at /m.test(limited.stderr))
      fail(`with ${files} files it ended with ${limited.status}: ${limited.stderr}`);
  }
  const typescript = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const typed = run('node', [
    typescript,
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--skipLibCheck',
    'mine.scenario.ts',
  ]);
  if (typed.status !== 0) fail(`types do not resolve: ${typed.stdout}`);
  const missing = missingCompletions(folder);
  if (missing.length > 0) fail(`an editor shows no docstring of ${missing.join('; ')}`);
  const [, snippet] =
    /<!-- snippet: mine\.test\.mjs -->\n\n```js\n([\s\S]*?)```/.exec(
      readFileSync(join(root, 'docs', 'batching.md'), 'utf8'),
    ) ?? fail('docs/batching.md has lost its snippet');
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const tested = (text) => {
    writeFileSync(join(folder, 'mine.test.mjs'), text);
    return run('node', ['--test', '--test-reporter=tap', 'mine.test.mjs'], { env });
  };
  const broken = tested(snippet);
  if (broken.status !== 1 || !/smallest records found \(2\)/.test(broken.stdout))
    fail(`the laws did not catch the broken batcher of the docs: ${broken.stdout}`);
  const mended = tested(snippet.replace('a.key > b.key ? 1 : -1', 'a.key.localeCompare(b.key)'));
  if (mended.status !== 0) fail(`the laws refused the mended batcher of the docs: ${mended.stdout}`);
  if (process.exitCode === undefined)
    console.log(`package: ${files.length} files, installs and runs from an empty folder`);
} catch (error) {
  fail(error.message);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
