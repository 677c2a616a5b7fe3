import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseComparison } from '../compare/result.ts';

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-compare-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The verb as a user calls it, in a process of its own. */
const compare = (...args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const main = fileURLToPath(new URL('../main.ts', import.meta.url));
    const command = ['--import', 'tsx', main, 'compare', '--out', join(folder, 'out'), ...args];
    execFile(process.execPath, command, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
const program = fileURLToPath(new URL('../testing/stand-ins/handed.mjs', import.meta.url));
const small = ['--target', 'kinesalite', '--arm', 'put-record-snfo', '--rate', '30', '--seconds', '1', '--seed', '1'];

describe('kinesis-order compare', () => {
  test('refuses what it does not know, before anything is made', async () => {
    for (const [args, words] of [
      [['--rate', 'fast'], '--rate fast: expected a number above 0'],
      [['--arm', 'put-recrod'], 'there is no arm and no producer put-recrod'],
      [['no-such-file'], 'no scenario matches no-such-file'],
      [['--fail-if', 'p99>+20%'], 'a change needs --baseline'],
      [['--baseline', 'missing.json'], 'missing.json: cannot be read'],
      [['--sweep', 'rates', '--rate-max', '10'], '--rate-max 10: it is below the rate of the rounds'],
      [['--'], 'no command stands behind --'],
      [['--fault', 'fail-record:call=1,entries=0'], 'fail-record concerns entries of PutRecords'],
    ] as const) {
      const { code, stderr } = await compare(...args);
      expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
    }
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  test('compares a program with an arm, writes every format, and holds bounds against them', async () => {
    const file = join(folder, 'old.json');
    const bounds = ['--fail-if', 'p50>1us', '--fail-if', 'inversions>0'];
    const first = await compare(
      ...small,
      ...bounds,
      '--rounds',
      '1',
      '--reporter',
      `json=${file}`,
      '--',
      process.execPath,
      program,
    );
    expect(first.code).toBe(1);
    expect(first.stdout).toMatch(/--fail-if p50>1us: put-record-snfo: p50 is /);
    expect(first.stdout).toMatch(
      /✔ --fail-if inversions>0: command: inversions is 0 of \d+ pairs \(could show ≥ [\d.]+ %\): not beyond the bound/,
    );
    const run = join(folder, 'out', 'latest');
    expect(await readdir(run)).toEqual(
      expect.arrayContaining(['compare.html', 'compare.json', 'compare.md', 'compare.txt', 'command-round-1.ndjson']),
    );

    const again = await compare(
      ...small,
      '--rounds',
      '1',
      '--baseline',
      file,
      '--fail-if',
      'p99>+20%',
      '--format',
      'json',
    );
    expect([again.code, again.stderr]).toEqual([4, expect.stringContaining('n too small for p99: 30 records')]);
    const { rows, engine } = parseComparison(again.stdout, 'stdout');
    expect([engine, rows.map(({ arm, order, acked }) => [arm, order.kept, acked])]).toEqual([
      'kinesalite 3.3.3',
      [['put-record-snfo', true, 30]],
    ]);

    const other = await compare(...small.toSpliced(5, 1, '31'), '--baseline', file);
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('it was measured with rate 30')]);
  });

  test('a program that fails throws away nothing: the arms that were measured are shown, and the exit code is 5', async () => {
    const bad = join(folder, 'bad.mjs');
    await writeFile(bad, "console.error('no such table'); process.exit(7);");
    const bounds = ['--fail-if', 'lost>0'];
    // Of this seed the command comes last.
    const { code, stdout, stderr } = await compare(...small, '--rounds', '1', ...bounds, '--', process.execPath, bad);
    expect([code, stderr]).toEqual([5, expect.stringMatching(/failed with exit code 7; its last line: no such table/)]);
    expect(stderr).toMatch(/what the command printed is in .*command-round-1\.p1\.log/);
    expect(stdout).toMatch(/put-record-snfo +kept/);
    expect(stdout).toContain('not finished: command: 0 of 1 round finished');
    expect(stdout).toContain('? --fail-if lost>0: not held against a comparison that was not finished');
  });

  test('records that a program keeps to itself are lost, and break the bound', async () => {
    const none = join(folder, 'none.mjs');
    await writeFile(none, 'for await (const _ of process.stdin);');
    const one = await compare(...small, '--rounds', '1', '--fail-if', 'lost>0', '--', process.execPath, none);
    expect(one.code).toBe(1);
    expect(one.stdout).toContain('✔ --fail-if lost>0: put-record-snfo: lost is 0');
    expect(one.stdout).toContain('✘ --fail-if lost>0: command: lost is 60: beyond the bound');
    expect(one.stdout).toContain('command: not judged whole: 60 records handed to a producer were never sent');
    expect(one.stdout).toContain('not ranked, did not write all of its records: command (60 lost)');
    expect(one.stdout).toMatch(/^ +command .* no: 60 lost /m);
    expect(one.stdout).toMatch(/what the command printed is in .*command-round-1\.p1\.log/);
  });

  test('the program that docs/compare.md shows is compared', async () => {
    const [, program] =
      /`my-producer\.mjs`[^`]*\n\n```js\n(.*?)```/s.exec(await readFile('docs/compare.md', 'utf8')) ?? [];
    expect(program).toContain('PutRecordCommand');
    const own = join(folder, 'my-producer.mjs');
    await writeFile(own, program ?? '');
    await symlink(resolve('node_modules'), join(folder, 'node_modules'));
    const bounds = ['--fail-if', 'lost>0', '--fail-if', 'inversions>0'];
    const { code, stdout } = await compare(...small, '--rounds', '1', ...bounds, '--', process.execPath, own);
    expect([code, stdout]).toEqual([0, expect.stringContaining('✔ --fail-if inversions>0: command: inversions is 0')]);
    expect(stdout).toContain('✔ --fail-if lost>0: command: lost is 0');
  });
});
