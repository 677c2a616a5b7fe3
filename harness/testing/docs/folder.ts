import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { runShell } from './run-shell.ts';

export type ReaderFolder = {
  readonly run: (commands: string) => Promise<{ readonly code: number; readonly output: string }>;
  readonly close: () => Promise<void>;
};

const shown = ['hot-key', 'put-records', 'red/put-records-order-forbidden'];
const blockMs = 180_000;

/**
 * A folder as a reader of the pages has it: a few scenarios, a run, a program of the reader's own behind `npm test`,
 * and an engine where the pages have LocalStack.
 */
export const readerFolder = async (): Promise<ReaderFolder> => {
  const folder = resolve('.cache', 'docs');
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'bin'), { recursive: true });
  for (const name of shown)
    await cp(join('scenarios', `${name}.scenario.ts`), join(folder, 'scenarios', `${name}.scenario.ts`));
  await cp('examples/javascript', folder, { recursive: true });
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ type: 'module', scripts: { test: 'node --test orders.test.mjs' } }),
  );
  await writeFile(join(folder, 'mine.scenario.json'), JSON.stringify(mine));
  await shim(folder, 'npx', 'shift; ');
  await shim(folder, 'kinesis-order', '');
  const { engine, address } = await startEngine();
  const first = `test ! -e first || ln -sfn "$(cat first)" reports/latest`;
  const run = (commands: string) =>
    runShell(`${first}\n${commands.replaceAll('localhost:4566', address)}`, { folder, withinMs: blockMs });
  await run(
    'kinesis-order run scenarios --seed 1; cp reports/latest/put-records.ndjson history.ndjson; readlink reports/latest > first',
  );
  return { run, close: () => stop(engine) };
};

const mine = {
  name: 'mine',
  why: 'a record at a time keeps its order, whatever a client may legally meet',
  workload: { keys: 2, recordsPerKey: 50 },
  producers: [{ type: 'putRecord', retry: 'resend', attempts: 20 }],
  faults: [{ type: 'adversary', intensity: 0.2 }],
};

const shim = async (folder: string, name: string, first: string): Promise<void> => {
  const path = join(folder, 'bin', name);
  const [tsx, main] = [resolve('node_modules', '.bin', 'tsx'), resolve('harness', 'main.ts')];
  await writeFile(path, `#!/bin/sh\n${first}exec '${tsx}' '${main}' "$@"\n`);
  await chmod(path, 0o755);
};

const startEngine = async (): Promise<{ readonly engine: ChildProcess; readonly address: string }> => {
  const place = join(createRequire(import.meta.url).resolve('kinesalite/package.json'), '..');
  const engine = spawn(process.execPath, ['harness/targets/kinesalite-server.mjs', place], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(engine.stdout, 'data')) as [Buffer];
  return { engine, address: `127.0.0.1:${/\d+/.exec(said.toString())?.[0]}` };
};

const stop = async (engine: ChildProcess): Promise<void> => {
  if (engine.exitCode !== null) return;
  engine.kill();
  await once(engine, 'exit');
};
