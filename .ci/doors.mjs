// recordKinesis as a user has it: from the tarball, in real Vitest, Jest and node:test, on kinesalite in its own
// process. Ends with one line of counts.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname ?? '.', '..');
const folder = mkdtempSync(join(tmpdir(), 'kinesis-order-doors-'));
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const jest = '30.5.2';
let [passed, failed] = [0, 0];

const run = (command, args, env = {}) =>
  spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 300_000,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...env },
  });
const step = (name, isGood, words) => {
  if (isGood) passed += 1;
  else failed += 1;
  console.log(`${isGood ? 'passed' : 'FAILED'}: ${name}${isGood ? '' : `\n${words}`}`);
};

/** Starts kinesalite. Resolves with the process and its address. */
const startEngine = () =>
  new Promise((done, refuse) => {
    const place = join(createRequire(join(root, 'package.json')).resolve('kinesalite/package.json'), '..');
    const server = join(root, 'harness', 'targets', 'kinesalite-server.mjs');
    const engine = spawn(process.execPath, [server, place], { stdio: ['ignore', 'pipe', 'inherit'] });
    engine.once('error', refuse);
    engine.once('exit', (status) => refuse(new Error(`kinesalite ended with ${status}`)));
    engine.stdout.once('data', (text) => done({ engine, endpoint: `http://127.0.0.1:${/\d+/.exec(String(text))[0]}` }));
  });

let started;
try {
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ filename }] = JSON.parse(packed);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'stranger', private: true, type: 'module' }));
  const installed = run('npm', [
    ...['install', '--no-audit', '--no-fund', '--ignore-scripts', join(folder, filename)],
    ...['@aws-sdk/client-kinesis', '@smithy/node-http-handler'].map((name) => `${name}@${dependencies[name]}`),
    ...[`vitest@${devDependencies.vitest}`, `jest@${jest}`],
  ]);
  if (installed.status !== 0) throw new Error(installed.stderr);
  cpSync(join(root, 'examples', 'sdk-middleware'), folder, { recursive: true });
  started = await startEngine();
  const env = { AWS_ENDPOINT_URL_KINESIS: started.endpoint };
  const vitest = run('npx', ['vitest', 'run', '--globals', 'orders.test.mjs'], env);
  step('Vitest', vitest.status === 0 && /2 passed/.test(vitest.stdout), vitest.stdout + vitest.stderr);
  const jested = run('npx', ['jest', '--testMatch', '**/orders.test.mjs', '--transform', '{}'], {
    ...env,
    NODE_OPTIONS: '--experimental-vm-modules',
  });
  step('Jest', jested.status === 0 && /2 passed/.test(jested.stderr), jested.stdout + jested.stderr);
  const plain = run('node', ['--test', 'orders.node-test.mjs'], env);
  step('node:test', plain.status === 0 && /pass 2/.test(plain.stdout), plain.stdout + plain.stderr);
  const broken = readFileSync(join(folder, 'orders.test.mjs'), 'utf8').replace('.not.toKeepOrder()', '.toKeepOrder()');
  writeFileSync(join(folder, 'broken.test.mjs'), broken);
  const red = run('npx', ['vitest', 'run', '--globals', 'broken.test.mjs'], env);
  const words = red.stdout + red.stderr;
  step(
    'a red test says why',
    red.status === 1 && /"order-2" #3 was sent once .*only after .*"order-2" #4/.test(words),
    words,
  );
} catch (thrown) {
  step('set up', false, String(thrown));
} finally {
  started?.engine.removeAllListeners('exit');
  started?.engine.kill();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
