import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import { systemClock } from '../../lib/clock.ts';

/** An engine that the tool started is killed under it: exit code 3, its name, and what was done before. */
let cwd = '';
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'kinesis-order-dying-'));
  const first = {
    name: 'a-short',
    why: 'a test',
    workload: { keys: 2, recordsPerKey: 5 },
    producers: [{ type: 'putRecord' }],
    consumers: [{ type: 'getRecords' }],
  };
  const long = { ...first, name: 'b-long', workload: { keys: 2, recordsPerKey: 100_000 }, budget: { loadMs: 60_000 } };
  await writeFile(join(cwd, 'a.scenario.json'), JSON.stringify(first));
  await writeFile(join(cwd, 'b.scenario.json'), JSON.stringify(long));
  await writeFile(join(cwd, 'program.mjs'), program);
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

const sdk = import.meta.resolve('@aws-sdk/client-kinesis');
const program = `
import { KinesisClient, CreateStreamCommand, PutRecordCommand } from '${sdk}';
const client = new KinesisClient({ maxAttempts: 1 });
await client.send(new CreateStreamCommand({ StreamName: 'orders', ShardCount: 1 }));
for (let n = 0; n < 100000; n += 1) {
  await client.send(new PutRecordCommand({ StreamName: 'orders', PartitionKey: 'k', Data: Buffer.from(String(n)) }))
    .catch(() => new Promise((resolve) => setTimeout(resolve, 20)));
}
`;

const main = fileURLToPath(new URL('../../main.ts', import.meta.url));

type Row = { readonly pid: number; readonly parent: number; readonly args: string };
const processes = (): readonly Row[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((row) => {
      const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row) ?? [];
      return args === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), args }];
    });

/** The engine under the keeper of a process; the keeper itself where that is asked for. */
const engineOf = (run: number, whom: 'engine' | 'keeper'): number | undefined => {
  const rows = processes();
  const keeper = rows.find(({ parent, args }) => parent === run && args.includes('die-with-parent'));
  return whom === 'keeper' ? keeper?.pid : rows.find(({ parent }) => parent === keeper?.pid)?.pid;
};

type Ended = { readonly code: number | null; readonly words: string };

/** Runs the command line, and kills its engine when `isTime` says so of what it printed and wrote. */
const underDeath = async (
  args: readonly string[],
  whom: 'engine' | 'keeper',
  isTime: () => Promise<boolean>,
): Promise<Ended> => {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (words += chunk.toString()));
  const closed = once(child, 'close') as Promise<[number | null]>;
  const clock = systemClock();
  while (child.exitCode === null && !(await isTime())) await clock.sleep(20);
  const pid = engineOf(child.pid ?? 0, whom);
  if (pid === undefined) throw new Error(`there is no engine of ${child.pid}: ${words}`);
  process.kill(pid, 'SIGKILL');
  const late = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const [code] = await closed;
  clearTimeout(late);
  return { code, words };
};

const historiesIn = async (out: string): Promise<readonly string[]> =>
  (await readdir(join(cwd, out), { recursive: true }).catch((): string[] => []))
    .filter((name) => name.endsWith('.ndjson'))
    .map((name) => join(cwd, out, name));
const hasGrown = async (out: string, name: string): Promise<boolean> => {
  const path = (await historiesIn(out)).find((one) => one.includes(name));
  return path !== undefined && (await readFile(path, 'utf8')).split('\n').length > 100;
};

describe.each(['engine', 'keeper'] as const)('if the %s is killed', (whom) => {
  test('run ends with exit code 3 and the name of the engine, and reports the finished scenarios', async () => {
    const out = `run-${whom}`;
    const args = [
      'run',
      'a.scenario.json',
      'b.scenario.json',
      '--target',
      'kinesalite',
      '--out',
      out,
      '--workers',
      '1',
    ];
    const { code, words } = await underDeath(args, whom, () => hasGrown(out, 'b-long'));
    expect([code, words]).toEqual([3, expect.stringMatching(/kinesalite 3\.3\.3 no longer answers/)]);
    expect(words).toMatch(/✔ a-short .*order kept/);
    for (const path of await historiesIn(out)) expect((await checkHistory(path)).counts.acked).toBeGreaterThan(0);
  });

  test('record ends with exit code 3 and the name of the engine, and judges what was recorded', async () => {
    const out = `record-${whom}`;
    const args = ['record', '--target', 'kinesalite', '--out', out, '--', process.execPath, 'program.mjs'];
    const { code, words } = await underDeath(args, whom, () => hasGrown(out, 'orders'));
    expect([code, words]).toEqual([3, expect.stringMatching(/kinesalite 3\.3\.3 no longer answers/)]);
    for (const path of await historiesIn(out)) expect((await checkHistory(path)).counts.acked).toBeGreaterThan(0);
  });
});

test('conformance restarts its engine, and continues with the remaining claims', async () => {
  let asked = 0;
  const args = ['conformance', '--target', 'kinesalite', '--only', 'reads'];
  const { code, words } = await underDeath(args, 'engine', () => {
    asked += 1;
    return Promise.resolve(asked > 150);
  });
  expect([code, words]).toEqual([0, expect.stringMatching(/kinesalite 3\.3\.3/)]);
  expect(words).not.toMatch(/^error:/m);
});
