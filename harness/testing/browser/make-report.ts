import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);
const command = ['node_modules/.bin/tsx', 'harness/main.ts'] as const;

/** Runs the command line as a user would; a red verdict is no failure of it. */
export const runCommand = async (...args: readonly string[]): Promise<void> => {
  const [file, ...before] = command;
  await exec(file, [...before, ...args], { maxBuffer: 64 * 1024 * 1024 }).catch(
    (thrown: { readonly code?: number; readonly stderr?: string }) => {
      if (thrown.code !== 1 && thrown.code !== 4)
        throw new Error(`${args.join(' ')} ended with ${thrown.code}: ${thrown.stderr ?? ''}`);
    },
  );
};

/** Histories in a folder, judged into one page. */
export const reportOf = async (folder: string, paths: readonly string[]): Promise<string> => {
  const file = join(folder, 'report.html');
  await runCommand('check', ...paths, '--reporter', `html=${file}`);
  return file;
};

export const writeHistory = async (folder: string, name: string, lines: readonly object[]): Promise<string> => {
  const path = join(folder, `${name}.ndjson`);
  await writeFile(path, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
  return path;
};
