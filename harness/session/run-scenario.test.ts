import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { defineScenario, failRecord, putRecord, putRecords, run, type ScenarioInput } from 'kinesis-order';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { kinesalite } from '../targets/kinesalite.ts';
import { denyingEngine } from '../testing/stand-ins/denying-engine.ts';
import { planRun } from './plan-run.ts';
import { chooseTarget, targetArgsOf } from './target-choice.ts';

const small = defineScenario({
  name: 'small',
  why: 'a test of one',
  workload: { keys: 2, recordsPerKey: 5 },
  producers: [putRecord()],
});
const red = defineScenario({
  name: 'red',
  why: 'a failed entry is sent again behind the others, and that is forbidden',
  workload: { keys: 2, recordsPerKey: 20 },
  producers: [putRecords({ batch: 10, retry: 'failed-entries' })],
  faults: [failRecord({ call: 2, entries: [1] })],
  expect: { forbid: ['key-reorder'] },
});

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-one-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const one = (scenario: ScenarioInput | string, options = {}) =>
  run(scenario, { target: 'kinesalite', seed: '7', out: folder, ...options });

test('run refuses an option that does not exist, since the test would be green without it', async () => {
  await expect(one(small, { qestion: 'pipeline' })).rejects.toMatchObject({
    code: 'usage',
    message: 'run: there is no option "qestion" (did you mean "question"?)',
  });
});

test('run answers the verdict, its claims and the path of the history', async () => {
  const { verdict, history, path, failure, headline } = await one(small);
  expect({ verdict, failure }).toEqual({ verdict: 'holds', failure: undefined });
  expect(headline).toBe('small: order kept; promises hold');
  expect(history.counts).toMatchObject({ acked: 10, read: 10 });
  expect(path).toBe(history.path);
  expect(await readFile(path, 'utf8')).toContain('"reason":"completed"');
});

test('a scenario that is violated is no exception; its words end with a line that does the same again', async () => {
  const { verdict, failure = '' } = await one(red, { strict: true, provision: 'api' });
  expect(verdict).toBe('violated');
  expect(failure).toContain('key-reorder: the scenario says forbid');
  const [replay = ''] = failure.split('\n').slice(-1);
  expect(replay).toMatch(/--seed 7 --target kinesalite --provision api --strict$/);
  const args = /npx kinesis-order (.*)/.exec(replay)?.[1]?.replaceAll("'", '').split(' ') ?? [];
  const again = await cli([...args, '--out', folder]);
  expect(again.code).toBe(1);
  expect(again.out).toMatch(/✘ red {2}order NOT kept: \d+ inversions? in 1 key; promises broken: key-reorder/);
});

test('a stream that is kept is told, and so is one that could not be removed', async () => {
  const engine = await kinesalite.start({ cacheFolder: '/nowhere' });
  const denied = { error: 'AccessDeniedException', message: 'not you' };
  const gate = await denyingEngine(engine.client.endpoint ?? '', (call) =>
    call === 'DeleteStream' ? denied : undefined,
  );
  const at = { target: 'endpoint', endpoint: gate.endpoint };
  try {
    const kept = await one(small, { ...at, keep: true });
    expect(kept.notes).toEqual([expect.stringMatching(/^kept: stream kinesis-order-r-\w+-small; kinesis-order clean/)]);
    const { verdict, notes } = await one(small, at);
    expect(verdict).toBe('holds');
    expect(notes.join()).toMatch(
      /^stream kinesis-order-r-\w+-small could not be removed \(.*not you.*\); kinesis-order clean/,
    );
    const file = join(folder, 'left.scenario.json');
    await writeFile(file, JSON.stringify(small));
    const { code, out } = await cli(['run', file, '--endpoint', gate.endpoint, '--out', folder]);
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringMatching(/! stream \S+ could not be removed/) as string,
    });
  } finally {
    await gate.close();
    await engine.stop();
  }
});

test('what the configuration file says holds at every front door, and stands in the line that replays', async () => {
  const config = join(folder, 'other.config.json');
  const scenarios = [join(folder, 'configured.scenario.json')];
  await writeFile(scenarios[0] ?? '', JSON.stringify({ ...small, name: 'configured' }));
  await writeFile(config, JSON.stringify({ target: 'kinesalite', strict: true, seed: '9', out: folder, scenarios }));
  const plan = await planRun({ config });
  expect(plan.loaded.map(({ scenario }) => scenario.name)).toEqual(['configured']);
  expect(plan).toMatchObject({ choice: { name: 'kinesalite' }, seed: '9', suite: { strict: true } });
  expect(plan.suite.folder.startsWith(folder)).toBe(true);
  expect(plan.suite.replayArgs).toBe(` --target kinesalite --strict --config ${config}`);
});

test.each([
  [{ group: 'g' }, '--group: only the slices of a run have it, and there is no --shard'],
  [{ shardWait: 5 }, '--shard-wait: only the slices of a run have it, and there is no --shard'],
])('%j without --shard is refused', async (said, message) => {
  const file = join(folder, 'unsliced.scenario.json');
  await writeFile(file, JSON.stringify(small));
  await expect(planRun({ patterns: [file], out: folder, ...said })).rejects.toMatchObject({ code: 'usage', message });
  const slice = { patterns: [file], out: folder, shard: '1/2', group: 'g', ...said };
  const plan = await planRun({ ...slice, endpoint: 'http://localhost:4566' });
  expect(plan.suite.slice).toEqual({ index: 1, count: 2, group: 'g' });
});

test.each(['kinesis-local', 'kinesalite', 'moto', 'ministack'])(
  'slices on %s without an address are refused: each would start its own, and wait',
  async (target) => {
    const file = join(folder, 'lonely.scenario.json');
    await writeFile(file, JSON.stringify(small));
    const slice = { patterns: [file], out: folder, target, group: 'g' };
    await expect(planRun({ ...slice, shard: '1/2' })).rejects.toMatchObject({
      code: 'usage',
      message: `--shard: each of the 2 slices would start a ${target} of its own`,
    });
    expect((await planRun({ ...slice, shard: '1/1' })).suite.slice).toMatchObject({ count: 1 });
  },
);

test('how a run is judged is said in the configuration and over it, reaches the suite, and stands in the line that replays', async () => {
  const file = join(folder, 'judged.scenario.json');
  const config = join(folder, 'judging.config.json');
  await writeFile(file, JSON.stringify({ ...small, name: 'judged' }));
  const expected = { forbid: ['duplicate', 'zombie-append'], ignore: ['unseen'] };
  await writeFile(config, JSON.stringify({ out: folder, question: 'pipeline', expect: expected }));
  const plan = await planRun({ config, patterns: [file], expect: { allow: ['duplicate'] } });
  expect(plan.suite).toMatchObject({
    question: 'pipeline',
    expect: { forbid: ['zombie-append'], allow: ['duplicate'], ignore: ['unseen'] },
    replayArgs: ` --question pipeline --forbid zombie-append --allow duplicate --ignore unseen --config ${config}`,
  });
  await writeFile(config, JSON.stringify({ expect: { forbid: ['duplicat'] } }));
  await expect(planRun({ config, patterns: [file] })).rejects.toThrow('expect.forbid[0]');
  await writeFile(config, JSON.stringify({ expect: { forbid: ['duplicate'], allow: ['duplicate'] } }));
  await expect(planRun({ config, patterns: [file] })).rejects.toThrow(
    'duplicate is in the configuration: expect.forbid',
  );
  await writeFile(config, JSON.stringify({ scenarios: [] }));
  await expect(planRun({ config })).rejects.toThrow('scenarios');
  await expect(planRun({ patterns: [] })).rejects.toThrow('the list of patterns is empty');
});

test('a file is taken as well, when it holds one scenario', async () => {
  const file = join(folder, 'two.scenario.json');
  await writeFile(file, JSON.stringify([small, { ...small, name: 'other' }]));
  await expect(one(file)).rejects.toMatchObject({ code: 'usage', hint: 'say which: small, other' });
  await writeFile(file, JSON.stringify(small));
  expect(await one(file)).toMatchObject({ verdict: 'holds' });
});

test.each([
  [{ ...small, stream: { shards: 0 } }, {}, 'usage', 'stream.shards: expected 1 or more, got 0'],
  [small, { target: 'kafka' }, 'usage', 'there is no target "kafka"'],
  [small, { provision: 'magic' }, 'usage', 'there is no way "magic"'],
  [small, { provision: 'cloudformation' }, 'usage', 'kinesalite 3.3.3 has no CloudFormation'],
  [small, { target: 'endpoint', endpoint: 'http://127.0.0.1:1' }, 'target', 'no Kinesis engine answers'],
  [
    small,
    { engineVersion: '3.0.0' },
    'usage',
    '--engine-version 3.0.0: only version 3.3.3 of kinesalite can be started',
  ],
  [
    small,
    { endpoint: 'http://127.0.0.1:1' },
    'usage',
    'the target kinesalite is always started, and cannot be attached to',
  ],
  [small, { profile: 'release' }, 'usage', 'the target kinesalite knows no profiles'],
  [small, { target: 'aws' }, 'usage', 'there is no terminal to ask on'],
  [{ ...small, needs: ['updateShardCount'] }, {}, 'unknown', 'skipped: kinesalite 3.3.3 has no updateShardCount'],
])('what cannot be judged is an exception (%#)', async (scenario, options, code, words) => {
  await expect(one(scenario as ScenarioInput, options)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(words) as string,
  });
});

test('an aborted run says so, and leaves nothing running', async () => {
  const stop = new AbortController();
  stop.abort();
  await expect(one(small, { signal: stop.signal })).rejects.toMatchObject({ code: 'interrupted' });
});

test('importing the package loads no SDK; the first call does', async () => {
  const loaded = async (file: string): Promise<readonly string[]> => {
    const program = `
      import { createRequire } from 'node:module';
      await import(${JSON.stringify(new URL(file, import.meta.url).href)});
      console.log(JSON.stringify(Object.keys(createRequire(import.meta.url).cache)));`;
    const args = ['--import', tsx, '--input-type=module', '-e', program];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return (JSON.parse(stdout) as string[]).filter((name) => name.includes('aws-sdk'));
  };
  expect(await loaded('../index.ts')).toEqual([]);
  expect(await loaded('./run-once.ts')).not.toEqual([]);
});

describe('the target that is chosen', () => {
  const config = { target: 'localstack', endpoint: 'http://localhost:4566' };
  afterEach(() => void vi.unstubAllEnvs());

  test.each([
    [{}, {}, ''],
    [{}, config, ' --target localstack --endpoint http://localhost:4566'],
    [{ target: 'kinesalite' }, config, ' --target kinesalite'],
    [{ endpoint: 'http://other:1' }, config, ' --target localstack --endpoint http://other:1'],
    [{ target: 'localstack' }, config, ' --target localstack --endpoint http://localhost:4566'],
    [{ engineVersion: '0.5.2' }, {}, ' --engine-version 0.5.2'],
    [{ region: 'eu-west-1' }, { region: 'us-west-2' }, ' --region eu-west-1'],
    [{ target: 'aws', profile: 'a b' }, {}, " --target aws --profile 'a b'"],
    [{ target: 'kinesalite' }, { profile: 'release' }, ' --target kinesalite'],
  ])('%j over %j', (flags, said, args) => {
    expect(targetArgsOf(chooseTarget(flags, said))).toBe(args);
  });

  const here = 'http://localhost:4999';
  test.each([
    [{}, {}, ` --target endpoint --endpoint ${here}`],
    [{}, { target: 'kinesis-local' }, ` --target endpoint --endpoint ${here}`],
    [{}, { target: 'aws' }, ` --target endpoint --endpoint ${here}`],
    [{}, { target: 'kinesis-local', engineVersion: '0.5.2' }, ` --target endpoint --endpoint ${here}`],
    [{}, { target: 'moto', engineVersion: '5.2.5' }, ` --target moto --endpoint ${here} --engine-version 5.2.5`],
    [{}, config, ` --target localstack --endpoint ${here}`],
    [{ target: 'kinesalite' }, {}, ' --target kinesalite'],
    [{ target: 'localstack' }, config, ' --target localstack --endpoint http://localhost:4566'],
    [{ target: 'endpoint' }, config, ` --target endpoint --endpoint ${here}`],
    [{ endpoint: 'http://other:1' }, { target: 'kinesalite' }, ' --target endpoint --endpoint http://other:1'],
    [{ endpoint: 'http://other:1' }, config, ' --target localstack --endpoint http://other:1'],
  ])('%j over an address in the environment, which goes over %j', (flags, said, args) => {
    vi.stubEnv('AWS_ENDPOINT_URL_KINESIS', here);
    expect(targetArgsOf(chooseTarget(flags, said))).toBe(args);
  });

  test.each([
    [{}, undefined, 'AWS_ENDPOINT_URL_KINESIS says so'],
    [
      { target: 'kinesis-local' },
      undefined,
      'AWS_ENDPOINT_URL_KINESIS says so, which goes over kinesis-local of the configuration file',
    ],
    [
      config,
      undefined,
      'AWS_ENDPOINT_URL_KINESIS says so, which goes over http://localhost:4566 of the configuration file',
    ],
    [{ target: 'localstack', endpoint: here }, undefined, undefined],
    [config, 'localstack', undefined],
    [{ target: 'moto' }, undefined, 'AWS_ENDPOINT_URL_KINESIS says so'],
  ])('%j and --target %s: why', (said, target, because) => {
    vi.stubEnv('AWS_ENDPOINT_URL_KINESIS', here);
    expect(chooseTarget(target === undefined ? {} : { target }, said).because).toBe(because);
  });
});

const tsx = fileURLToPath(import.meta.resolve('tsx'));
const cli = async (args: readonly string[]): Promise<{ readonly code: number; readonly out: string }> => {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const env = { ...process.env, NO_COLOR: '1', AWS_ENDPOINT_URL: undefined, AWS_ENDPOINT_URL_KINESIS: undefined };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', tsx, main, ...args], { env });
    return { code: 0, out: stdout };
  } catch (thrown) {
    const { code, stdout } = thrown as { readonly code: number; readonly stdout: string };
    return { code, out: stdout };
  }
};
