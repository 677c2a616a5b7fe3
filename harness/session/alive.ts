import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../lib/make-folder.ts';

/**
 * The folder where each run writes down its process on this machine, so that `clean` knows which runs are still going
 * on. A run on another machine is only known by the time in its id: for an hour, longer than most CI jobs take, it
 * counts as going on.
 */
const folder = join(tmpdir(), `kinesis-order-runs-${process.getuid?.() ?? 'all'}`);
export const foreignMs = 3_600_000;
const runId = /^(r-([0-9a-z]{8})[0-9a-z]{3})(-\d+)?$/;

/**
 * Writes down that a run is going on. If the note cannot be written, the run is judged by the time in its id, like a
 * run on another machine.
 */
export const noteAlive = async (run: string, wallMs: number): Promise<void> => {
  try {
    await makeFolder(folder);
    await sweep(wallMs);
    await writeFile(join(folder, run), `${process.pid} ${hostname()}`);
  } catch {
    return;
  }
};

const sweep = async (wallMs: number): Promise<void> => {
  for (const name of await readdir(folder)) {
    const { mtimeMs } = await stat(join(folder, name));
    if (wallMs - mtimeMs > 24 * foreignMs) await rm(join(folder, name), { force: true });
  }
};

/**
 * Why a run's streams must not be removed unasked. undefined if the run is known to have ended, or the id is not one
 * of this tool's.
 */
export const aliveReason = async (run: string, wallMs: number): Promise<string | undefined> => {
  const [, id, time] = runId.exec(run) ?? [];
  if (id === undefined || time === undefined) return undefined;
  const [pid, host] = (await readFile(join(folder, id), 'utf8').catch(() => '')).split(' ');
  if (pid !== undefined && pid !== '' && host === hostname())
    return isRunning(Number(pid)) ? `process ${pid} runs it` : undefined;
  const ageMs = wallMs - Number.parseInt(time, 36);
  return ageMs < foreignMs
    ? `it began ${Math.max(0, Math.round(ageMs / 60_000))} minutes ago, on another machine`
    : undefined;
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // A process of another user counts as running.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
};
