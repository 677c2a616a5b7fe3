// Tests the packed package on the versions of Node, Vitest and TypeScript that it supports: in each cell a scenario on
// the embedded engine, a Vitest file of scenarios, and the declarations of all entry points with `skipLibCheck:
// false`. Ends with one line of counts.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Eight of 33 cells, no two of which share a pair: 8 of the 9 pairs of Vitest and TypeScript, 8 of 11 of Node and
 * Vitest (Vitest 5 needs Node 22), 8 of 12 of Node and TypeScript. All pairs would take 12 cells.
 */
const cells = [
  [20, 3, '5.9'],
  [20, 4, '6'],
  [22, 4, '7'],
  [22, 5, '5.9'],
  [24, 3, '7'],
  [24, 5, '6'],
  [26, 4, '5.9'],
  [26, 5, '7'],
];
const atOnce = 2;
const stepMs = 150_000;

const root = resolve(import.meta.dirname ?? '.', '..');
const folder = mkdtempSync(join(tmpdir(), 'kinesis-order-smoke-'));
const { exports, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
let [passed, failed] = [0, 0];

const step = (name, { isGood, words }) => {
  if (isGood) passed += 1;
  else failed += 1;
  console.log(`${isGood ? 'passed' : 'FAILED'}: ${name}${isGood ? '' : `\n${words.slice(-3000)}`}`);
};

/** Resolves with the output and the exit code. Kills the command after `stepMs`. */
const run = (command, args, cwd, bin) =>
  new Promise((done) => {
    const path = bin === undefined ? process.env.PATH : `${bin}:${process.env.PATH}`;
    const { NODE_OPTIONS: _, ...env } = process.env;
    const child = spawn(command, args, {
      cwd,
      env: { ...env, PATH: path, NO_COLOR: '1', FORCE_COLOR: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: stepMs,
    });
    let words = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        words += chunk;
      });
    child.once('error', (error) => done({ code: -1, words: String(error) }));
    child.once('close', (code) => done({ code, words }));
  });

const install = async (name, packages) => {
  const place = join(folder, name);
  mkdirSync(place);
  writeFileSync(join(place, 'package.json'), JSON.stringify({ name, private: true, type: 'module' }));
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];
  const { code, words } = await run('npm', ['install', ...flags, ...packages], place);
  if (code !== 0) throw new Error(`${packages.join(' ')} cannot be installed: ${words}`);
  return place;
};

const unique = (index) => [...new Set(cells.map((cell) => cell[index]))];
const aliasOf = (typescript) => `typescript-${typescript.replace('.', '-')}`;
const entries = Object.keys(exports).filter((entry) => !entry.endsWith('.json'));

/** A folder for each version of Vitest, because an installed package has its peers beside it. */
const project = async (vitest, tarball) => {
  const place = await install(`vitest-${vitest}`, [
    tarball,
    ...[
      `vitest@${vitest}`,
      `fast-check@${devDependencies['fast-check']}`,
      `tsx@${devDependencies.tsx}`,
      '@types/node@22',
    ],
  ]);
  const scenario = { name: 'mine', why: 'a smoke test', workload: { keys: 2, recordsPerKey: 5 } };
  writeFileSync(
    join(place, 'mine.scenario.json'),
    JSON.stringify({ ...scenario, producers: [{ type: 'putRecord' }], consumers: [{ type: 'getRecords' }] }),
  );
  writeFileSync(
    join(place, 'orders.test.mjs'),
    "import { scenarioTests } from 'kinesis-order/vitest';\nawait scenarioTests({ patterns: ['mine.scenario.json'] });\n",
  );
  const names = entries.map((entry, index) => [`door${index}`, join('kinesis-order', entry)]);
  const imports = names.map(([name, from]) => `import * as ${name} from '${from}';\n`).join('');
  const all = names.map(([name]) => name).join(', ');
  writeFileSync(join(place, 'doors.ts'), `${imports}export const doors: readonly object[] = [${all}];\n`);
  return place;
};

const checkCell = async ([node, vitest, typescript], { tools, places }) => {
  const name = `Node ${node}, Vitest ${vitest}, TypeScript ${typescript}`;
  const place = places.get(vitest);
  const bin = join(tools, 'node_modules', `node-${node}`, 'bin');
  const [exe, modules] = [join(bin, 'node'), join(place, 'node_modules')];
  const { words: version } = await run(exe, ['--version'], place, bin);
  const main = join(modules, 'kinesis-order', 'dist', 'main.js');
  const ran = await run(exe, [main, 'run', 'mine.scenario.json', '--seed', '1', '--out', `out-${node}`], place, bin);
  const isKept = ran.code === 0 && /✔ mine +order kept; promises hold/.test(ran.words);
  step(`${name}: a scenario`, { isGood: isKept && version.startsWith(`v${node}.`), words: version + ran.words });
  const tested = await run(exe, [join(modules, 'vitest', 'vitest.mjs'), 'run', 'orders.test.mjs'], place, bin);
  step(`${name}: scenarioTests`, { isGood: tested.code === 0 && /1 passed/.test(tested.words), words: tested.words });
  const tsc = join(tools, 'node_modules', aliasOf(typescript), 'bin', 'tsc');
  const settings = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
  const said = await run(exe, [tsc, '--version'], place, bin);
  const typed = await run(exe, [tsc, ...settings, '--skipLibCheck', 'false', 'doors.ts'], place, bin);
  const isTyped = typed.code === 0 && said.words.startsWith(`Version ${typescript}.`);
  step(`${name}: the declarations`, { isGood: isTyped, words: said.words + typed.words });
};

try {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const tarball = join(folder, JSON.parse(packed)[0].filename);
  const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const tools = await install('tools', [
    ...unique(0).map((node) => `node-${node}@npm:node-${platform}@${node}`),
    ...unique(2).map((typescript) => `${aliasOf(typescript)}@npm:typescript@${typescript}`),
  ]);
  const places = new Map();
  for (const vitest of unique(1)) places.set(vitest, await project(vitest, tarball));
  const left = [...cells];
  const work = async () => {
    for (let cell = left.shift(); cell !== undefined; cell = left.shift()) await checkCell(cell, { tools, places });
  };
  await Promise.all(Array.from({ length: atOnce }, work));
} catch (thrown) {
  step('set up', { isGood: false, words: String(thrown) });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
