import { execFileSync } from 'node:child_process';

type Row = { readonly pid: number; readonly parent: number; readonly group: number };

/**
 * Ends the processes that a killed keeper left: the members of its process group and all that they started, in any
 * session (LocalStack starts its Kinesis in its own). An engine without a keeper would answer forever and hold the
 * pipes of its output.
 */
export const endOrphans = (keeper: number | undefined): void => {
  if (keeper === undefined) return;
  const rows = processes();
  const found = rows.filter(({ group, pid }) => group === keeper && pid !== keeper).map(({ pid }) => pid);
  for (const one of found) found.push(...childrenOf(rows, one).filter((pid) => !found.includes(pid)));
  for (const pid of found) kill(pid);
};

const childrenOf = (rows: readonly Row[], of: number): readonly number[] =>
  rows.filter(({ parent }) => parent === of).map(({ pid }) => pid);

const psMs = 5000;

const processes = (): readonly Row[] => {
  try {
    const text = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,pgid='], { encoding: 'utf8', timeout: psMs });
    return text
      .trim()
      .split('\n')
      .map((row) => row.trim().split(/\s+/).map(Number))
      .map(([pid = 0, parent = 0, group = 0]) => ({ pid, parent, group }));
  } catch {
    return [];
  }
};

const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
};
