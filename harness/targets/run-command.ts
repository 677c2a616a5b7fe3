import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { HarnessError } from '../lib/error.ts';

export type CommandOptions = {
  readonly deadlineMs: number;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
};

const execute = promisify(execFile);
const outputMax = 64 * 1024 * 1024;

/** Runs a tool to its end and returns its output, which is also in the error if it fails or is late. */
export const runCommand = async (
  command: string,
  args: readonly string[],
  { deadlineMs, cwd, env, signal }: CommandOptions,
): Promise<string> => {
  try {
    const { stdout } = await execute(command, [...args], {
      timeout: deadlineMs,
      killSignal: 'SIGKILL',
      maxBuffer: outputMax,
      env: { ...process.env, ...env },
      ...(cwd === undefined ? {} : { cwd }),
      ...(signal === undefined ? {} : { signal }),
    });
    return stdout;
  } catch (thrown) {
    const { stderr = '', stdout = '', killed, message = '' } = thrown as Partial<Failure>;
    const words = `${stdout}\n${stderr}`.trim().slice(-1500) || message;
    const late = killed === true ? ` (stopped after ${deadlineMs} ms)` : '';
    throw new HarnessError('target', `${command} ${args.join(' ')} failed${late}: ${words}`, { cause: thrown });
  }
};

type Failure = {
  readonly stdout: string;
  readonly stderr: string;
  readonly killed: boolean;
  readonly message: string;
};
