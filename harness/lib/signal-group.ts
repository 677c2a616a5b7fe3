import type { ChildProcess } from 'node:child_process';

/**
 * Sends a signal to the process group of a detached child: to the child and what it started. Where there is no such
 * group, only to the child. It is no error if all of them have ended.
 */
export const signalGroup = (child: ChildProcess, signal: NodeJS.Signals): void => {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
};
