import { spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Verdict } from '../model/verdict.ts';
import { history } from '../testing/generators/history-builder.ts';
import { inOrder } from '../testing/generators/two-records.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const tsx = fileURLToPath(import.meta.resolve('tsx'));
let cwd = '';
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'kinesis-order-cli-'));
  const scenario = {
    name: 'small',
    why: 'a test',
    tags: ['@quick'],
    workload: { keys: 2, recordsPerKey: 5 },
    producers: [{ type: 'putRecord' }],
    consumers: [{ type: 'getRecords' }],
  };
  await writeFile(join(cwd, 'small.scenario.json'), JSON.stringify(scenario));
  await writeFile(
    join(cwd, 'long.scenario.json'),
    JSON.stringify({
      ...scenario,
      name: 'long',
      workload: { keys: 2, recordsPerKey: 100_000 },
      budget: { loadMs: 60_000 },
    }),
  );
  await writeFile(
    join(cwd, 'wrong.scenario.json'),
    JSON.stringify({ ...scenario, name: 'wrong', stream: { shards: 0 } }),
  );
  const text = (lines: readonly object[]): string => `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
  const good = inOrder();
  await writeFile(join(cwd, 'cut.ndjson'), text(good.lines));
  await writeFile(join(cwd, 'good.ndjson'), text(good.end().lines));
  await writeFile(
    join(cwd, 'bad.ndjson'),
    text(
      history()
        .put('a', 0)
        .ok(20)
        .put('a', 1)
        .ok(10)
        .page([
          [10, 'a', 1],
          [20, 'a', 0],
        ])
        .end().lines,
    ),
  );
  await writeFile(join(cwd, 'broken.ndjson'), 'nonsense\nmore\n');
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };
type Until = { readonly says: string; readonly signal: NodeJS.Signals };

const cli = (args: readonly string[], until?: Until): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', tsx, main, ...args], {
      cwd,
      env: { ...process.env, NO_COLOR: '1', AWS_ENDPOINT_URL: undefined, AWS_ENDPOINT_URL_KINESIS: undefined },
    });
    let out = '';
    let err = '';
    let isKilled = false;
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (until === undefined || isKilled || !out.includes(until.says)) return;
      isKilled = true;
      child.kill(until.signal);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    child.on('exit', (code) => resolve({ code, out, err }));
  });

describe('check', () => {
  it.each([
    [['good.ndjson'], 0, '✔ order kept; promises hold'],
    [['bad.ndjson'], 1, 'nonmonotonic-send'],
    [['cut.ndjson'], 4, 'the history has no end'],
    [['broken.ndjson'], 2, 'line 1: not JSON'],
    [['good.ndjson', 'bad.ndjson', 'broken.ndjson'], 2, 'line 1'],
    [['nowhere.ndjson'], 2, 'nowhere.ndjson'],
    [['good.ndjson', '--only', 'reorder'], 2, 'there is no anomaly "reorder"'],
  ])('%j ends with %i and says why', async (args, code, words) => {
    const ended = await cli(['check', ...args]);
    expect(ended.code).toBe(code);
    expect(ended.out + ended.err).toContain(words);
  });

  it('writes the smallest history of each finding, and judges a folder of them', async () => {
    const { out, code } = await cli(['check', 'bad.ndjson', '--witness', 'small', '--format', 'json']);
    expect(code).toBe(1);
    const [{ witnesses } = {}] = (JSON.parse(out) as Verdict).histories;
    expect(witnesses?.map(({ path }) => path)).toContain(join('small', 'bad.nonmonotonic-send.witness.ndjson'));
    const again = await cli(['check', 'small']);
    expect(again.code).toBe(1);
    expect(again.out).toContain('nonmonotonic-send');
  });

  it('keeps the verdict where no witness can be written', async () => {
    const { out, code } = await cli(['check', 'bad.ndjson', '--witness', 'good.ndjson', '--format', 'json']);
    expect(code).toBe(1);
    const [{ witnesses, aloud } = {}] = (JSON.parse(out) as Verdict).histories;
    expect(witnesses).toEqual([]);
    expect(aloud?.join('\n')).toContain('nonmonotonic-send: its witness was not written: cannot write good.ndjson');
  });

  it('takes --reporter and --format together', async () => {
    const { out, code } = await cli(['check', 'bad.ndjson', '--format', 'json', '--reporter', 'json=out/both.json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual(JSON.parse(await readFile(join(cwd, 'out/both.json'), 'utf8')));
  });

  it('tells of a folder without histories as of any other that cannot be judged', async () => {
    await mkdir(join(cwd, 'empty'), { recursive: true });
    const { out, code } = await cli(['check', 'empty', 'good.ndjson', '--format', 'json']);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ verdict: 'unknown', unjudged: [{ path: 'empty' }] });
  });

  it('shows the only history of a folder, or names those that it holds', async () => {
    await mkdir(join(cwd, 'one'), { recursive: true });
    await copyFile(join(cwd, 'good.ndjson'), join(cwd, 'one', 'good.ndjson'));
    const { code, out } = await cli(['show', 'one']);
    expect({ code, out }).toEqual({ code: 0, out: (await cli(['show', 'good.ndjson'])).out });
    await copyFile(join(cwd, 'bad.ndjson'), join(cwd, 'one', 'bad.ndjson'));
    const { code: refused, err } = await cli(['show', 'one']);
    expect(refused).toBe(2);
    expect(err).toMatch(/one holds 2 histories: show takes one/);
    expect(err).toMatch(/name it: one\/bad\.ndjson, one\/good\.ndjson/);
  });

  it('prints the verdict alone to standard output, whatever the exit code', async () => {
    const { code, out } = await cli(['check', 'bad.ndjson', '--reporter', 'json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ format: 'kinesis-order-verdict', verdict: 'violated' });
  });
});

describe('run', () => {
  it('runs, judges and reports, and links the newest run', async () => {
    const ended = await cli([
      'run',
      'small.scenario.json',
      '--target',
      'kinesalite',
      '--seed',
      '5',
      '--reporter',
      'terminal',
      '--reporter',
      'junit=out/junit.xml',
    ]);
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.out).toContain('✔ small  order kept; promises hold  10 acknowledged, 10 read');
    expect((await readdir(join(cwd, 'reports', 'latest'))).sort()).toEqual([
      'junit.xml',
      'report.html',
      'small.ndjson',
      'summary.md',
      'verdict.json',
    ]);
    expect(await readFile(join(cwd, 'out/junit.xml'), 'utf8')).toContain('<testcase name="small"');
  });

  it('sends the same records for the same seed', async () => {
    const puts = async (): Promise<readonly unknown[]> => {
      await cli(['run', 'small.scenario.json', '--target', 'kinesalite', '--seed', '5']);
      const lines = (await readFile(join(cwd, 'reports/latest/small.ndjson'), 'utf8')).trim().split('\n');
      return lines
        .map((line) => JSON.parse(line) as { type: string; role?: string; entries?: unknown })
        .filter(({ type, role }) => type === 'put' && role === undefined)
        .map(({ entries }) => entries);
    };
    expect(await puts()).toEqual(await puts());
  });

  it.each([
    [['wrong.scenario.json'], 2, 'stream.shards: expected 1 or more, got 0'],
    [['nothing.scenario.json'], 2, 'there is no such file'],
    [['small.scenario.json', '--target', 'kafka'], 2, 'there is no target "kafka"'],
    [['small.scenario.json', '--reporter', 'pdf'], 2, 'there is no reporter "pdf"'],
    [['small.scenario.json', '--repeat', '0'], 2, '--repeat'],
    [['small.scenario.json', '--endpoint', 'http://127.0.0.1:1'], 3, 'no Kinesis engine answers at http://127.0.0.1:1'],
    [['small.scenario.json', '--out', 'good.ndjson'], 3, 'cannot write into the folder good.ndjson'],
    [['--nonsense'], 2, 'unknown option'],
  ])('%j ends with %i and says why', async (args, code, words) => {
    const ended = await cli(['run', ...args]);
    expect(ended.code).toBe(code);
    expect(ended.out + ended.err).toContain(words);
  });

  it('tells an endpoint that answers nonsense from an engine', async () => {
    const server = createServer((_, response) => response.end('<html>hello</html>'));
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const ended = await cli(['run', 'small.scenario.json', '--endpoint', `http://127.0.0.1:${port}`]);
    server.close();
    expect(ended.code).toBe(3);
    expect(ended.err).toContain('no Kinesis engine answers at');
  });

  it('ends cleanly when interrupted: exit code 130, the history judged as interrupted', async () => {
    const ended = await cli(
      ['run', 'small.scenario.json', 'long.scenario.json', '--grep', 'small|long', '--target', 'kinesalite'],
      { says: 'scenarios on kinesalite', signal: 'SIGINT' },
    );
    expect(ended.code).toBe(130);
  });
});

it('every verb has help with an example', async () => {
  for (const verb of ['run', 'check', 'list', 'clean']) {
    const { code, out } = await cli([verb, '--help']);
    expect(code).toBe(0);
    expect(out).toContain('Example: kinesis-order');
  }
});
