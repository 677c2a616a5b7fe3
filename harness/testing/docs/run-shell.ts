import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

export type ShellOptions = {
  /** Its `bin` comes first on the path. */
  readonly folder: string;
  /** All of it is killed then, milliseconds. */
  readonly withinMs: number;
};

/** Commands as a reader types them: both streams, in the order in which they were written. */
export const runShell = (
  commands: string,
  { folder, withinMs }: ShellOptions,
): Promise<{ readonly code: number; readonly output: string }> =>
  new Promise((done, reject) => {
    const child = spawn('bash', ['-c', commands], {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: envOf(folder),
    });
    let output = '';
    const hear = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const late = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), withinMs);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(late);
      done({ code: code ?? -1, output });
    });
  });

const envOf = (folder: string): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: [join(folder, 'bin'), process.env['PATH']].join(delimiter),
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  NO_COLOR: '1',
});
