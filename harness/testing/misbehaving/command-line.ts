import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type Ended = { readonly code: number | null; readonly words: string; readonly ms: number };

const main = fileURLToPath(new URL('../../main.ts', import.meta.url));

/** The command line as a process of its own, killed where it does not end by itself: then there is no code. */
export const commandLine = async (
  args: readonly string[],
  { cwd, deadlineMs }: { readonly cwd: string; readonly deadlineMs: number },
): Promise<Ended> => {
  const began = performance.now();
  const tsx = import.meta.resolve('tsx');
  const child = spawn(process.execPath, ['--import', tsx, main, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', NODE_NO_WARNINGS: '1' },
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (words += chunk.toString()));
  const timer = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  return { code, words, ms: Math.round(performance.now() - began) };
};
