import { readdir, readFile } from 'node:fs/promises';

export type FoundProcess = { readonly pid: number; readonly name: string };

/**
 * The processes whose environment names this run. On Linux this is the only way to find a child with its own session.
 * Empty if there is no /proc.
 */
export const runProcesses = async (run: string): Promise<readonly FoundProcess[]> => {
  const entries = await readdir('/proc').catch(() => []);
  const found: FoundProcess[] = [];
  for (const entry of entries) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    // Processes of other users, and those that ended a moment ago, cannot be read.
    const env = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
    if (!`\0${env}`.includes(`\0KINESIS_ORDER_RUN=${run}\0`)) continue;
    const state = await stateOf(pid);
    if (state !== undefined) found.push({ pid, name: state });
  }
  return found;
};

/** The name of the process; undefined for a zombie, or if the process has ended. */
const stateOf = async (pid: number): Promise<string | undefined> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [, name, state] = /^\d+ \((.*)\) (\S)/s.exec(stat) ?? [];
  return name === undefined || state === 'Z' || state === 'X' ? undefined : name;
};
