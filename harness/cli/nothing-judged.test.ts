import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { history } from '../testing/generators/history-builder.ts';
import { inOrder } from '../testing/generators/two-records.ts';
import { main } from './cli.ts';

/**
 * Whoever selects nothing is told so (2), and whoever selects what cannot be judged is never told that it holds (4).
 */
let folder = '';
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-nothing-'));
  await mkdir(at('empty'));
  const lines = inOrder().end().lines;
  await writeFile(at('good.ndjson'), `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
  const doubled = history()
    .put('a', 0)
    .ok(10)
    .put('a', 1)
    .ok(20)
    .page([
      [10, 'a', 0],
      [20, 'a', 1],
      [30, 'a', 1],
    ])
    .end().lines;
  await writeFile(at('doubled.ndjson'), `${doubled.map((line) => JSON.stringify(line)).join('\n')}\n`);
  await writeFile(at('void.ndjson'), '');
  const scenario = { name: 'small', why: 'a test', workload: { keys: 1, recordsPerKey: 2 } };
  const small = { ...scenario, producers: [{ type: 'putRecord' }] };
  await writeFile(at('small.scenario.json'), JSON.stringify(small));
  const overtaking = {
    ...scenario,
    name: 'overtaking',
    workload: { keys: 1, recordsPerKey: 6 },
    producers: [{ type: 'putRecords', batch: 3, retry: 'failed-entries' }],
    faults: [{ type: 'fail-record', call: 1, entries: [0] }],
  };
  await writeFile(at('overtaking.scenario.json'), JSON.stringify(overtaking));
  const unfound = { ...small, name: 'unfound', expect: { find: ['duplicate'] } };
  await writeFile(at('unfound.scenario.json'), JSON.stringify(unfound));
  await writeFile(
    at('unable.scenario.json'),
    JSON.stringify(['one', 'two'].map((name) => ({ ...small, name, needs: ['updateShardCount'] }))),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The program in this process: its exit code, and what it printed. */
const cli = async (...args: readonly string[]): Promise<{ readonly code: number; readonly words: string }> => {
  let words = '';
  const hear = (chunk: unknown): boolean => {
    words += String(chunk);
    return true;
  };
  const spies = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockImplementation(hear));
  try {
    return { code: await main(args), words };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
};
const headOf = async (witness: string): Promise<unknown> =>
  JSON.parse((await readFile(join(at('small'), witness), 'utf8')).split('\n')[0] ?? '');
const run = (...args: readonly string[]) =>
  cli('run', ...args, '--target', 'kinesalite', '--out', at('reports'), '--config', at('config.json'));

describe('check', () => {
  test.each([
    [[], 2, "missing required argument 'histories'"],
    [['empty'], 2, 'there is no history'],
    [['void.ndjson'], 2, 'the history is empty'],
    [['good.ndjson', '--only', 'reorder'], 2, 'there is no anomaly "reorder" (did you mean "key-reorder"?)'],
    [['good.ndjson', '--forbid', 'duplicates'], 2, '--forbid: there is no anomaly "duplicates" (did you mean'],
    [['good.ndjson', '--question', 'whose'], 2, '--question: there is no question "whose"'],
    [['good.ndjson', '--only', 'duplicate', '--skip', 'duplicate'], 2, '--only and --skip leave no claim to judge'],
    [['good.ndjson', '--only', 'snfo-broken'], 4, '? order kept; promises unknown'],
    [['good.ndjson', '--only', 'lost-write', '--only', 'duplicate'], 0, '2 claims hold'],
  ])('%j ends with %i', async (args, code, words) => {
    const paths = args.map((arg) => (/^(empty|\w+\.ndjson)$/.test(arg) ? at(arg) : arg));
    const ended = await cli('check', ...paths);
    expect(ended.words).toContain(words);
    expect(ended.code).toBe(code);
  });

  test('is told by flags how to judge, and its witnesses say so', async () => {
    const how = ['--question', 'service', '--forbid', 'unseen', '--forbid', 'recovered,stuck-shard-end'];
    const { code } = await cli('check', at('doubled.ndjson'), '--witness', at('small'), ...how);
    expect(code).toBe(1);
    expect(await headOf('doubled.duplicate.witness.ndjson')).toMatchObject({
      question: 'service',
      scenario: { expect: { forbid: ['unseen', 'recovered', 'stuck-shard-end'] } },
    });
  });

  test('of an empty folder says unknown in JSON', async () => {
    const { code, words } = await cli('check', at('empty'), '--reporter', `json=${at('none.json')}`);
    expect({ code, words }).toMatchObject({ code: 2, words: expect.stringContaining('empty') as string });
    expect(JSON.parse(await readFile(at('none.json'), 'utf8'))).toMatchObject({ verdict: 'unknown', histories: [] });
  });
});

describe('run', () => {
  beforeAll(() => writeFile(at('config.json'), '{}'));

  test.each([
    [['small.scenario.json', 'nonsens'], 'no scenario matches nonsens'],
    [['small.scenario.json', '--grep', 'nonsens'], 'no scenario matches --grep nonsens'],
    [['small.scenario.json', '--grep', ''], '--grep: the expression is empty'],
    [['small.scenario.json', ''], 'a pattern is empty'],
    [['small.scenario.json', '--repeat', '0'], '--repeat'],
    [['small.scenario.json', '--allow', 'key-reoder'], 'did you mean "key-reorder"?'],
  ])('%j ends with 2', async (args, words) => {
    const ended = await run(...args.map((arg) => (arg.endsWith('.json') ? at(arg) : arg)));
    expect(ended.words).toContain(words);
    expect(ended.code).toBe(2);
  });

  test('is unknown where all that was selected is skipped, and no report is a pass', async () => {
    const reporters = ['--reporter', `junit=${at('skipped.xml')}`, '--reporter', 'terminal'];
    const { code, words } = await run(at('unable.scenario.json'), ...reporters);
    expect(words).toContain('kinesis-order: 2 scenarios on kinesalite');
    expect(words).toContain('? nothing was judged; 2 skipped: kinesalite 3.3.3 has no updateShardCount');
    expect(code).toBe(4);
    expect(await readFile(at('skipped.xml'), 'utf8')).toContain('errors="1"');
    const latest = await readFile(at('reports/latest/verdict.json'), 'utf8');
    expect(JSON.parse(latest)).toMatchObject({ verdict: 'unknown', histories: [] });
  });

  test('holds where some are skipped and the others hold', async () => {
    const { code, words } = await run(at('small.scenario.json'), at('unable.scenario.json'));
    expect(words).toContain('✔ order kept; promises hold; 2 skipped: kinesalite 3.3.3 has no updateShardCount');
    expect(words).toContain('1 of 3 judged');
    expect(code).toBe(0);
  });

  test('tells what was not begun after failures enough', async () => {
    const { code, words } = await run(
      at('unfound.scenario.json'),
      '--repeat',
      '3',
      '--max-failures',
      '1',
      '--workers',
      '1',
    );
    expect(words).toContain(
      '✘ order kept; promises hold; expected and not found: duplicate; 2 skipped: not run after 1 failure (--max-failures); 1 of 3 judged',
    );
    expect(code).toBe(1);
  });

  test('writes the smallest history of each finding where it is told to', async () => {
    const how = ['--witness', at('small'), '--question', 'service', '--allow', 'key-reorder', '--seed', '1'];
    const { code } = await run(at('overtaking.scenario.json'), ...how);
    expect(code).toBe(0);
    const head = await headOf('overtaking.key-reorder.witness.ndjson');
    expect(head).toMatchObject({ question: 'service', scenario: { expect: { allow: ['key-reorder'] } } });
  });

  test('writes reports that are no pass where the target does not answer', async () => {
    const where = ['--endpoint', 'http://127.0.0.1:1', '--out', at('reports'), '--config', at('config.json')];
    const { code, words } = await cli(
      'run',
      at('small.scenario.json'),
      ...where,
      '--reporter',
      `junit=${at('dead.xml')}`,
    );
    expect(words).toContain('no Kinesis engine answers at http://127.0.0.1:1');
    expect(code).toBe(3);
    expect(await readFile(at('dead.xml'), 'utf8')).toContain('run failed: no Kinesis engine answers at');
  });
});
